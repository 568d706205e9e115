// Services on the web: Dropbox and imgBB. Connecting, who is connected, whether they answer, letting them go.
import { request } from "@accid/api-client/client";
import type { Service } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Badge, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link2, RotateCw, Unlink } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast, toastError } from "../../shared/announce.ts";
import { queries } from "../../shared/queries.ts";
import { useKeptFocus } from "../../shared/useKeptFocus.ts";
import { ForgetDialog, freshServices, HowTo, KeyForm } from "./ServiceParts.tsx";
import { stateOf } from "./serviceState.ts";
import styles from "./Settings.module.css";
import { SettingsPart } from "./SettingsPart.tsx";

function One({ service }: { service: Service }) {
  const may = useMay();
  const isDropbox = service.service === "dropbox";
  const [asking, setAsking] = useState(false);
  const place = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useKeptFocus(place, title);
  const retry = useMutation({ mutationFn: () => request(urls.retryService(service.service), { method: "POST", body: {} }), onSuccess: freshServices, onError: toastError });
  const { tone, word, isTrouble, message } = stateOf(service);
  const fromOutside = service.from_environment && !isDropbox;
  const setsKey = !service.from_environment && may("set-service-key");
  return (
    <section ref={place} className={styles["service"]} aria-label={service.title}>
      <div className={styles["actions"]}>
        <h3 ref={title} tabIndex={-1}>{service.title}</h3>
        <span role="status"><Badge tone={tone}>{word}</Badge></span>
        {service.connected && service.account && <span className={styles["who"]}>{service.account.name} · {service.account.email}</span>}
      </div>
      <p className={styles["quiet"]}>{isDropbox ? "Take pictures in from its folders, and send sites and projects there. One account serves all projects." : "Shows single pictures to everybody, without their metadata. Your pages use the pictures on this machine, whether it answers or not."}</p>
      {message && (isTrouble ? <ErrorNote error={message} /> : <p className={styles["quiet"]}>{message}</p>)}
      {fromOutside && <p className={styles["quiet"]}>The key comes from the environment (ACCID_IMGBB_KEY) and is changed there.</p>}
      {isDropbox && !service.connected && may("set-service-key") && <HowTo open={!service.ready} />}
      {isDropbox && !service.connected && setsKey && <KeyForm service={service} label="App key" help="Of the Dropbox app you made." secret={false} />}
      {!isDropbox && setsKey && (service.connected
        ? <details className={styles["fold"]} open={service.signed_out}><summary>Change the key</summary><ImgbbKey service={service} /></details>
        : <ImgbbKey service={service} />)}
      <div className={styles["actions"]}>
        {isDropbox && service.ready && may("connect-service") && <Button kind={service.connected && !service.signed_out ? "plain" : "primary"} icon={<Link2 />} onClick={() => { window.location.assign(urls.connectDropbox("shared")); }}>{service.connected ? "Connect again" : "Connect Dropbox"}</Button>}
        {service.connected && service.breaker !== "closed" && may("retry-service") && <Button icon={<RotateCw />} busy={retry.isPending} onClick={() => retry.mutate()}>Try now</Button>}
        {service.connected && !fromOutside && may("forget-service") && <Button icon={<Unlink />} aria-label={`Disconnect ${service.title}`} onClick={() => setAsking(true)}>Disconnect</Button>}
      </div>
      {asking && <ForgetDialog service={service} onClose={() => setAsking(false)} />}
    </section>
  );
}

const ImgbbKey = ({ service }: { service: Service }) => <KeyForm service={service} label="API key" help="Made at api.imgbb.com, when you are signed in there. It is kept encrypted and never shown again." secret />;

/** What came of the sign-in, when Dropbox has just sent the browser back. */
const outcomeOfSignIn = () => new URLSearchParams(window.location.search).get("dropbox");

export function ServicesPanel() {
  const services = useQuery(queries.services());
  const place = useRef<HTMLDivElement>(null);
  const [outcome] = useState(outcomeOfSignIn);
  const isThere = services.data !== undefined;
  useEffect(() => {
    if (!isThere || outcomeOfSignIn() === null) return;
    window.history.replaceState(null, "", window.location.pathname);
    place.current?.scrollIntoView({ block: "start" });
    if (outcome === "connected") toast("Dropbox is connected.", { tone: "success" });
    else toast("Dropbox was not connected. Services says why.", { tone: "error" });
  }, [isThere, outcome]);
  return (
    <div ref={place} className={styles["arrival"]}>
      <SettingsPart title="Services" about="Places on the web that ACCID can use for you. None is needed, and none is asked before you connect it.">
        {services.error && <ErrorNote error={services.error} />}
        {services.isPending && <Skeleton height={120} />}
        {services.data?.map((service) => <One key={service.service} service={service} />)}
      </SettingsPart>
    </div>
  );
}
