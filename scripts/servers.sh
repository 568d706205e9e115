#!/usr/bin/env bash
# Starts Debian's FTP and SSH servers on this machine for tests, with homes in a folder: `servers.sh start|stop DIR`.
# All FTP servers of Debian conflict with each other, so that they are unpacked into DIR and not installed. Needs root,
# because the servers change to the user of whoever signs in. The tests know names and ports by `DIR/servers`.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

action="${1:-}"
dir="${2:-}"
[[ -n "$dir" ]] || fail "Name what to do and where: servers.sh start|stop DIR."
user=accid-test-host
password=canary-host-password

# stop DIR: ends the servers of that folder.
stop() {
    local dir="$1" pid
    for file in "$dir"/*.pid; do
        [[ -f "$file" ]] || continue
        pid="$(cat "$file")"
        kill "$pid" 2> /dev/null || true
        rm -f "$file"
    done
    mountpoint -q "$dir/vsftpd/small" && umount -l "$dir/vsftpd/small"
    # Sessions outlive their server; the user is nobody else's.
    while read -r pid; do kill -KILL "$pid" 2> /dev/null || true; done < <(pgrep -u "$user" 2> /dev/null || true)
    userdel "$user" 2> /dev/null || true
}

if [[ "$action" == stop ]]; then
    stop "$dir"
    exit 0
fi
[[ "$action" == start ]] || fail "There is no such action: $action. Use start or stop."
[[ "$(id -u)" == 0 ]] || fail "Servers that sign people in need root. Run this as root, on a machine for tests."
for program in apt-get dpkg-deb openssl ssh-keygen perl useradd; do
    command -v "$program" > /dev/null || fail "$program is not here. These are the servers of Debian; run this on Debian."
done

# A test that was killed has left its servers, which would be published to in the place of these.
for left in "$(dirname "$dir")"/accid-hosts*; do
    [[ "$left" == "$dir" || ! -e "$left" ]] && continue
    stop "$left"
    rm -rf "$left"
done
mkdir -p "$dir"/{debs,root,modules,empty,keys,vsftpd,proftpd,pureftpd}
chmod 755 "$dir" "$dir"/*
# Unpacked once for all runs of this machine.
cache="${XDG_CACHE_HOME:-/var/cache}/accid-test-servers"
mkdir -p "$cache"
(
    cd "$cache"
    names=(proftpd-core proftpd-mod-crypto pure-ftpd pure-ftpd-common)
    command -v vsftpd > /dev/null || names+=(vsftpd libwrap0)
    command -v sshd > /dev/null || names+=(openssh-server openssh-sftp-server)
    for library in libhiredis0.14:hiredis.so.0.14 libmemcachedutil2:memcachedutil.so libmemcached11:memcached.so; do
        ldconfig -p | grep -q "${library#*:}" || names+=("${library%%:*}")
    done
    for name in "${names[@]}"; do
        compgen -G "${name}_*.deb" > /dev/null || apt-get download -qq "$name" > /dev/null 2>&1 ||
            printf 'accid: the package %s could not be had; what needs it is left out.\n' "$name" >&2
    done
)
for deb in "$cache"/*.deb; do dpkg-deb -x "$deb" "$dir/root"; done
root="$dir/root"
libraries="$root/usr/lib/$(uname -m)-linux-gnu:$root/lib/$(uname -m)-linux-gnu"
cp "$root"/usr/lib/proftpd/*.so "$dir/modules/" 2> /dev/null || true

id "$user" > /dev/null 2>&1 || useradd --no-create-home --home-dir "$dir/vsftpd" --shell /bin/bash "$user"
printf '%s:%s\n' "$user" "$password" | chpasswd
number="$(id -u "$user")"
group="$(id -g "$user")"
chown "$user:" "$dir/vsftpd" "$dir/proftpd" "$dir/pureftpd"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext basicConstraints=critical,CA:TRUE \
    -keyout "$dir/keys/tls.key" -out "$dir/keys/tls.crt" 2> /dev/null
cat "$dir/keys/tls.key" "$dir/keys/tls.crt" > "$dir/keys/tls.pem"
chmod 600 "$dir"/keys/tls.*
rm -f "$dir/keys/host" "$dir/keys/host.pub"
ssh-keygen -q -t ed25519 -N '' -f "$dir/keys/host"

: > "$dir/servers"
# server NAME SCHEME USER PORT FIRST LAST HOME: says where a server is, its passive ports and the folder it shows.
server() { printf '%s\n' "$*" >> "$dir/servers"; }

# vsftpd NAME PORT FIRST LAST: strict about TLS sessions, as the hosts that ship its defaults.
start_vsftpd() {
    local conf="$dir/$1.conf"
    cat > "$conf" << EOF
listen=YES
listen_ipv6=NO
listen_address=127.0.0.1
listen_port=$2
background=NO
anonymous_enable=NO
local_enable=YES
write_enable=YES
local_umask=022
chroot_local_user=YES
allow_writeable_chroot=YES
secure_chroot_dir=$dir/empty
pam_service_name=vsftpd
pasv_enable=YES
pasv_address=127.0.0.1
pasv_min_port=$3
pasv_max_port=$4
vsftpd_log_file=$dir/$1.log
seccomp_sandbox=NO
ssl_enable=YES
rsa_cert_file=$dir/keys/tls.pem
force_local_logins_ssl=NO
force_local_data_ssl=NO
require_ssl_reuse=YES
ssl_ciphers=HIGH
$5
EOF
    "$vsftpd" "$conf" > "$dir/$1.out" 2>&1 &
    echo $! > "$dir/$1.pid"
}

vsftpd="$(command -v vsftpd || echo "$root/usr/sbin/vsftpd")"
if [[ -x "$vsftpd" ]]; then
    [[ -f /etc/pam.d/vsftpd ]] || cp "$root/etc/pam.d/vsftpd" /etc/pam.d/vsftpd
    touch /etc/ftpusers
    start_vsftpd vsftpd 21121 21300 21399 ""
    server vsftpd ftp "$user" 21121 21300 21399 "$dir/vsftpd"
    server vsftpd ftps "$user" 21121 21300 21399 "$dir/vsftpd"
    start_vsftpd vsftpd-two 21125 21560 21599 "max_per_ip=2"
    server vsftpd-two ftps "$user" 21125 21560 21599 "$dir/vsftpd"
fi

proftpd_conf() {
    cat << EOF
ModulePath $dir/modules
LoadModule mod_tls.c
LoadModule mod_sftp.c
ServerType standalone
ServerName accid
User nobody
Group nogroup
DefaultAddress 127.0.0.1
SocketBindTight on
Port $2
PassivePorts $3 $4
UseIPv6 off
UseReverseDNS off
AuthPAM off
AuthOrder mod_auth_file.c
AuthUserFile $dir/keys/passwd
RequireValidShell off
DefaultRoot ~
AllowOverwrite $5
AllowStoreRestart on
PidFile $dir/$1.run
ScoreboardFile $dir/$1.board
DelayEngine off
WtmpLog off
SystemLog $dir/$1.log
TransferLog none
TLSEngine on
TLSRequired off
TLSRSACertificateFile $dir/keys/tls.crt
TLSRSACertificateKeyFile $dir/keys/tls.key
TLSProtocol TLSv1.2 TLSv1.3
EOF
}

if [[ -x "$root/usr/sbin/proftpd" ]]; then
    printf '%s' "$password" | perl "$root/usr/sbin/ftpasswd" --passwd --name=$user --uid="$number" --gid="$group" \
        --home="$dir/proftpd" --shell=/bin/sh --file="$dir/keys/passwd" --stdin --sha512 > /dev/null 2>&1
    chmod 600 "$dir/keys/passwd"
    {
        proftpd_conf proftpd 21123 21400 21499 on
        cat << EOF
<VirtualHost 127.0.0.1>
Port 21223
SFTPEngine on
SFTPHostKey $dir/keys/host
SFTPAuthMethods password
AuthUserFile $dir/keys/passwd
AuthOrder mod_auth_file.c
RequireValidShell off
DefaultRoot ~
AllowOverwrite on
</VirtualHost>
EOF
    } > "$dir/proftpd.conf"
    LD_LIBRARY_PATH="$libraries" "$root/usr/sbin/proftpd" -n -q -c "$dir/proftpd.conf" > "$dir/proftpd.out" 2>&1 &
    echo $! > "$dir/proftpd.pid"
    server proftpd ftp "$user" 21123 21400 21499 "$dir/proftpd"
    server proftpd ftps "$user" 21123 21400 21499 "$dir/proftpd"
    server proftpd-sftp sftp "$user" 21223 0 0 "$dir/proftpd"
    # Nothing is written or renamed over what is there.
    proftpd_conf proftpd-never-over 21126 21600 21639 off > "$dir/proftpd-never-over.conf"
    LD_LIBRARY_PATH="$libraries" "$root/usr/sbin/proftpd" -n -q -c "$dir/proftpd-never-over.conf" > "$dir/never.out" 2>&1 &
    echo $! > "$dir/proftpd-never-over.pid"
    server proftpd-never-over ftps "$user" 21126 21600 21639 "$dir/proftpd"
fi

if [[ -x "$root/usr/sbin/pure-ftpd" ]]; then
    rm -f "$dir/keys/pure" "$dir/keys/pure.pdb"
    printf '%s\n%s\n' "$password" "$password" | LD_LIBRARY_PATH="$libraries" "$root/usr/bin/pure-pw" useradd $user \
        -u "$number" -g "$group" -d "$dir/pureftpd" -f "$dir/keys/pure" > /dev/null 2>&1
    # Its own hash takes three seconds of the processor for each of thousands of sign-ins.
    hash="$(openssl passwd -6 "$password")"
    sed -i "s|^\($user:\)[^:]*|\1$hash|" "$dir/keys/pure"
    LD_LIBRARY_PATH="$libraries" "$root/usr/bin/pure-pw" mkdb "$dir/keys/pure.pdb" -f "$dir/keys/pure"
    # Sessions that a cut has left waiting for a data connection count as connections until they have idled for a minute.
    LD_LIBRARY_PATH="$libraries" "$root/usr/sbin/pure-ftpd" -S 127.0.0.1,21124 -l puredb:"$dir/keys/pure.pdb" -E -A \
        -p 21640:22239 -Y 1 -2 "$dir/keys/tls.pem" -g "$dir/pureftpd.run" -c 100 -C 60 -I 1 -H -u 1 > "$dir/pureftpd.out" 2>&1 &
    echo $! > "$dir/pureftpd.pid"
    server pureftpd ftp "$user" 21124 21640 22239 "$dir/pureftpd"
    server pureftpd ftps "$user" 21124 21640 22239 "$dir/pureftpd"
fi

sshd="$(command -v sshd || echo "$root/usr/sbin/sshd")"
if [[ -x "$sshd" ]]; then
    cat > "$dir/sshd_config" << EOF
Port 21222
ListenAddress 127.0.0.1
HostKey $dir/keys/host
PidFile $dir/sshd.run
StrictModes no
UsePAM no
PasswordAuthentication yes
PermitRootLogin no
AllowUsers $user
Subsystem sftp internal-sftp
MaxStartups 100:30:200
EOF
    mkdir -p /run/sshd
    id sshd > /dev/null 2>&1 || useradd --system --no-create-home --home-dir /run/sshd --shell /usr/sbin/nologin sshd
    "$sshd" -D -e -f "$dir/sshd_config" > "$dir/sshd.out" 2>&1 &
    echo $! > "$dir/sshd.pid"
    server openssh sftp "$user" 21222 0 0 "$dir/vsftpd"
fi

# A disk of one megabyte, to be full.
mkdir -p "$dir/vsftpd/small"
mount -t tmpfs -o "size=1m,uid=$number,gid=$group,mode=755" tmpfs "$dir/vsftpd/small" 2> /dev/null || rmdir "$dir/vsftpd/small"

while read -r name _ _ port _; do
    for _ in $(seq 100); do
        (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null && continue 2
        read -rt 0.1 <> <(:) || true
    done
    printf 'accid: %s does not answer at port %s; see the logs in %s.\n' "$name" "$port" "$dir" >&2
    sed -i "/^$name /d" "$dir/servers"
done < <(cat "$dir/servers")
