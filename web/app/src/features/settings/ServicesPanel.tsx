// Services on the web: Dropbox and imgBB. Connecting, who is connected, whether they answer, letting them go.
import { request } from "@accid/api-client/client";
import type { Service } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Badge, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Copy, Link2, RotateCw, Unlink } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast, toastError } from "../../shared/announce.ts";
import { queries, queryClient } from "../../shared/queries.ts";
import styles from "./Settings.module.css";
import { SettingsPart } from "./SettingsPart.tsx";

const fresh = () => { for (const key of ["services", "dropbox", "credentials", "settings"]) void queryClient.invalidateQueries({ queryKey: [key] }); };

/** Where Dropbox sends the browser back to; it has to be told once. */
const callback = () => `http://localhost${window.location.port ? `:${window.location.port}` : ""}/auth/dropbox/callback`;

function HowTo() {
  const copy = () => void navigator.clipboard.writeText(callback()).then(() => toast("Copied.", { tone: "success" }), toastError);
  return (
    <ol className={styles["steps"]}>
      <li>At <a href="https://www.dropbox.com/developers/apps" target="_blank" rel="noreferrer">dropbox.com/developers/apps</a>, choose <strong>Create app</strong>, then <strong>Scoped access</strong>.</li>
      <li>Under <strong>Permissions</strong> allow account_info.read, files.metadata.read, files.content.read and files.content.write.</li>
      <li>Under <strong>Settings</strong>, add this redirect URI: <code>{callback()}</code> <Button kind="ghost" icon={<Copy />} onClick={copy}>Copy the address</Button></li>
      <li>Copy the <strong>App key</strong> and enter it here. It is no secret; ACCID needs no app secret.</li>
    </ol>
  );
}

function KeyForm({ service, label, help, secret }: { service: Service; label: string; help: string; secret: boolean }) {
  const [key, setKey] = useState(secret ? "" : service.app_key ?? "");
  const keep = useMutation({
    mutationFn: () => request<Service>(urls.service(service.service), { method: "PUT", body: { key: key.trim() } }),
    onSuccess: () => { fresh(); if (secret) setKey(""); toast("The key is kept.", { tone: "success" }); },
  });
  return (
    <form className={styles["open"]} onSubmit={(event) => { event.preventDefault(); keep.mutate(); }}>
      <div className={styles["inline"]}>
        <TextField label={label} type={secret ? "password" : "text"} autoComplete="off" required maxLength={128} value={key} onChange={(event) => setKey(event.target.value)} help={help} />
        <Button type="submit" busy={keep.isPending}>Keep the key</Button>
      </div>
      {keep.error && <ErrorNote error={keep.error} />}
    </form>
  );
}

const states = { closed: ["success", "Connected"], "half-open": ["accent", "Trying again"], open: ["accent", "Left alone"] } as const;

function One({ service }: { service: Service }) {
  const may = useMay();
  const isDropbox = service.service === "dropbox";
  const forget = useMutation({
    mutationFn: () => request(urls.service(service.service), { method: "DELETE" }), onError: toastError,
    onSuccess: () => { fresh(); toast(`${service.title} is not connected any more. What is on this machine stays.`); },
  });
  const retry = useMutation({ mutationFn: () => request(urls.retryService(service.service), { method: "POST", body: {} }), onSuccess: fresh, onError: toastError });
  const [tone, word] = service.connected ? states[service.breaker as keyof typeof states] : (["plain", "Not connected"] as const);
  const fromOutside = service.from_environment && !isDropbox;
  return (
    <section className={styles["service"]} aria-label={service.title}>
      <div className={styles["actions"]}>
        <h3>{service.title}</h3>
        <span role="status"><Badge tone={tone}>{word}</Badge></span>
        {service.connected && service.account && <span className={styles["who"]}>{service.account.name} · {service.account.email}</span>}
      </div>
      <p className={styles["quiet"]}>{isDropbox ? "Take pictures in from its folders, and send sites and projects there. One account serves all projects." : "Shows single pictures to everybody, without their metadata. Your pages use the pictures on this machine, whether it answers or not."}</p>
      {service.message && <p className={styles["quiet"]}>{service.message}</p>}
      {fromOutside && <p className={styles["quiet"]}>The key comes from the environment (ACCID_IMGBB_KEY) and is changed there.</p>}
      {isDropbox && !service.ready && may("set-service-key") && <HowTo />}
      {isDropbox && !service.connected && !service.from_environment && may("set-service-key") && <KeyForm key={service.app_key ?? ""} service={service} label="App key" help="Of the Dropbox app you made." secret={false} />}
      {!isDropbox && !fromOutside && !service.connected && may("set-service-key") && <KeyForm service={service} label="API key" help="Made at api.imgbb.com, when you are signed in there. It is kept encrypted and never shown again." secret />}
      <div className={styles["actions"]}>
        {isDropbox && service.ready && !service.connected && may("connect-service") && <Button kind="primary" icon={<Link2 />} onClick={() => { window.location.assign(urls.connectDropbox("shared")); }}>Connect Dropbox</Button>}
        {service.connected && service.breaker !== "closed" && may("retry-service") && <Button icon={<RotateCw />} busy={retry.isPending} onClick={() => retry.mutate()}>Try now</Button>}
        {service.connected && !fromOutside && may("forget-service") && <Button icon={<Unlink />} busy={forget.isPending} aria-label={`Disconnect ${service.title}`} onClick={() => forget.mutate()}>Disconnect</Button>}
      </div>
    </section>
  );
}

export function ServicesPanel() {
  const services = useQuery(queries.services());
  const place = useRef<HTMLDivElement>(null);
  // Back from Dropbox: what came of it is said here.
  useEffect(() => {
    const outcome = new URLSearchParams(window.location.search).get("dropbox");
    if (outcome === null) return;
    window.history.replaceState(null, "", window.location.pathname);
    place.current?.scrollIntoView({ block: "center" });
    if (outcome === "connected") toast("Dropbox is connected.", { tone: "success" });
  }, []);
  return (
    <div ref={place}>
      <SettingsPart title="Services" about="Places on the web that ACCID can use for you. None is needed, and none is asked before you connect it.">
        {services.error && <ErrorNote error={services.error} />}
        {services.isPending && <Skeleton height={120} />}
        {services.data?.map((service) => <One key={service.service} service={service} />)}
      </SettingsPart>
    </div>
  );
}
