// A server that shows another host key than before: nothing was sent, and a person decides.
import { ApiError, request } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import { useMutation } from "@tanstack/react-query";
import { useMay } from "../../shared/abilities.ts";
import { toastError } from "../../shared/announce.ts";
import { codeOf, JobFailure } from "../../shared/jobFailure.ts";

export const isHostKey = (error: unknown) => codeOf(error) === "host_key_changed";

function shownKey(error: unknown): string {
  const details = error instanceof ApiError ? error.problem.details : error instanceof JobFailure ? error.details : undefined;
  const shown = (details as { shown?: unknown } | undefined)?.shown;
  return typeof shown === "string" ? shown : "";
}

export function HostKeyNote({ error, onAccepted }: { error: unknown; onAccepted: () => void }) {
  const may = useMay();
  const fingerprint = shownKey(error);
  const accept = useMutation({ mutationFn: () => request(urls.backupHostKey, { method: "PUT", body: { fingerprint } }), onSuccess: onAccepted, onError: toastError });
  return <ErrorNote error={error} action={may("set-backup") && fingerprint && <Button busy={accept.isPending} onClick={() => accept.mutate()}>The server has a new key: accept it</Button>} />;
}
