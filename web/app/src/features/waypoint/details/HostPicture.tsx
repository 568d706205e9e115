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
import { CloudTrouble } from "../../../shared/cloud/CloudTrouble.tsx";
import { queries, queryClient } from "../../../shared/queries.ts";
import { Link, paths } from "../../../shared/router.tsx";
import styles from "./Details.module.css";

function Address({ title, url }: { title: string; url: string }) {
  const copy = () => void navigator.clipboard.writeText(url).then(() => toast("Copied.", { tone: "success" }), toastError);
  return (
    <div>
      <dt>{title}</dt>
      <dd><a href={url} target="_blank" rel="noreferrer">{url}</a> <Button kind="ghost" icon={<Copy />} aria-label={`Copy: ${title}`} onClick={copy}>Copy</Button></dd>
    </div>
  );
}

export function HostPicture({ project, photo }: { project: string; photo: string }) {
  const may = useMay()("host-picture");
  const services = useQuery({ ...queries.services(), enabled: may });
  const kept = useQuery(queries.hosted(project, photo)).data ?? [];
  const host = useMutation({
    mutationFn: () => request<Hosted>(urls.hostPicture, { body: { project, photo } }),
    // Another photo may be chosen by now, and nothing else knows how to remove this one there.
    onSuccess: (answer) => {
      if (answer.hosted) queryClient.setQueryData(queries.hosted(project, photo).queryKey, (before) => [answer, ...before ?? []]);
      else void queryClient.invalidateQueries({ queryKey: ["services"] });
    },
  });
  const imgbb = services.data?.find((one) => one.service === "imgbb" && one.connected);
  if (!may || !imgbb) return null;
  const refusal = host.data && !host.data.hosted ? host.data.message : null;
  return (
    <div className={styles["host"]}>
      <Button icon={<Globe />} busy={host.isPending} onClick={() => host.mutate()}>{kept.length > 0 ? "Host it once more" : "Show on imgBB"}</Button>
      <p>Everybody who knows the address sees it then, without its place and camera.</p>
      {host.error && <CloudTrouble error={host.error} />}
      {refusal && <ErrorNote error={refusal} action={imgbb.signed_out && <Link to={paths.settings}>Open the settings</Link>} />}
      {kept.length > 0 && (
        <div role="status">
          {kept.map((one) => <dl key={one.remove}><Address title="Seen by everybody at" url={one.url} /><Address title="Removed there at" url={one.remove} /></dl>)}
          <p>Keep the second address: without it the picture cannot be removed.</p>
        </div>
      )}
    </div>
  );
}
