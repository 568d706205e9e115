// How a server is signed in to. What is entered is sent once, sealed, and never shown again.
import type { Environment } from "@accid/api-client/types";
import { SelectField, TextArea, TextField } from "@accid/ui/Field";

export interface Login { way: "keep" | "password" | "key" | "agent"; password: string; key: string; passphrase: string }
export const noLogin = (known: boolean): Login => ({ way: known ? "keep" : "password", password: "", key: "", passphrase: "" });

const names = { password: "password", key: "key", agent: "SSH agent" } as const;

/** What to send; nothing when what is known stays. */
export function loginBody(login: Login): Record<string, unknown> | null {
  if (login.way === "password" && login.password) return { password: login.password };
  if (login.way === "key" && login.key.trim()) return { key: login.key, ...(login.passphrase ? { passphrase: login.passphrase } : {}) };
  return login.way === "agent" ? { agent: true } : null;
}

interface Props { login: Login; known: Environment["login"]; keys: boolean; onChange: (login: Login) => void }

export function LoginFields({ login, known, keys, onChange }: Props) {
  const set = (changes: Partial<Login>) => onChange({ ...login, ...changes });
  const ways = [
    ...(known ? [{ value: "keep", title: `The ${names[known]} that is kept` }] : []),
    { value: "password", title: "A password" },
    ...(keys ? [{ value: "key", title: "A private key" }, { value: "agent", title: "The SSH agent of this machine" }] : []),
  ];
  return (
    <>
      {ways.length > 1 && <SelectField label="Sign in with" value={login.way} options={ways} onChange={(event) => set({ way: event.target.value as Login["way"] })} />}
      {login.way === "password" && <TextField label="Password" type="password" autoComplete="new-password" value={login.password} onChange={(event) => set({ password: event.target.value })} help="Kept sealed on this machine; it is in no version, no export and no log." />}
      {login.way === "key" && <>
        <TextArea label="Private key" rows={4} spellCheck={false} placeholder="-----BEGIN OPENSSH PRIVATE KEY-----" value={login.key} onChange={(event) => set({ key: event.target.value })} help="The text of the file, such as `~/.ssh/id_ed25519`. It is kept sealed." />
        <TextField label="Passphrase of the key" type="password" autoComplete="new-password" value={login.passphrase} onChange={(event) => set({ passphrase: event.target.value })} help="Empty when it has none." />
      </>}
    </>
  );
}
