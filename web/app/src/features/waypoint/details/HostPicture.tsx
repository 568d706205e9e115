// Has imgBB show the photo to everybody who knows its address, and gives that address. Only there when a key is kept.
import { request } from "@accid/api-client/client";
import type { Hosted } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Copy, Globe } from "lucide-react";
import { useMay } from "../../../shared/abilities.ts";
import { toast, toastError } from "../../../shared/announce.ts";
import { queries } from "../../../shared/queries.ts";
import styles from "./Details.module.css";

export function HostPicture({ project, photo }: { project: string; photo: string }) {
  const may = useMay()("host-picture");
  const services = useQuery({ ...queries.services(), enabled: may });
  const host = useMutation({ mutationFn: () => request<Hosted>(urls.hostPicture, { body: { project, photo } }) });
  if (!may || !services.data?.some((one) => one.service === "imgbb" && one.connected)) return null;
  const shown = host.data;
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => toast("Copied.", { tone: "success" }), toastError);
  return (
    <div className={styles["host"]}>
      <Button icon={<Globe />} busy={host.isPending} onClick={() => host.mutate()}>Show on imgBB</Button>
      <p>Everybody who knows the address sees it then, without its place and camera.</p>
      {host.error && <ErrorNote error={host.error} />}
      {shown && !shown.hosted && <p role="status">{shown.message}</p>}
      {shown?.hosted && (
        <p role="status"><a href={shown.page} target="_blank" rel="noreferrer">{shown.url}</a> <Button kind="ghost" icon={<Copy />} onClick={() => copy(shown.url)}>Copy the address</Button> <a href={shown.remove} target="_blank" rel="noreferrer">Remove it there</a></p>
      )}
    </div>
  );
}
