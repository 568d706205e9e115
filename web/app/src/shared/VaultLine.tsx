// The plain line that says what waits while the Vault of another process is away. Nothing is shown while all is well.
import { request } from "@accid/api-client/client";
import type { Connection } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { useMutation, useQuery } from "@tanstack/react-query";
import { CloudOff } from "lucide-react";
import { queries, queryClient } from "./queries.ts";
import { Link, paths } from "./router.tsx";
import styles from "./VaultLine.module.css";

export function VaultLine() {
  const connection = useQuery(queries.connection());
  const retry = useMutation({
    mutationFn: () => request<Connection>(urls.retryConnection, { method: "POST", body: {} }),
    onSuccess: (found) => queryClient.setQueryData(queries.connection().queryKey, found),
  });
  const found = connection.data;
  if (!found || (found.state !== "away" && found.state !== "refused")) return null;
  return (
    <div className={styles["line"]} role="status" data-connection={found.state}>
      <CloudOff aria-hidden="true" />
      <p>{found.message}</p>
      {found.state === "away"
        ? <Button busy={retry.isPending} onClick={() => retry.mutate()}>Try again</Button>
        : <Link to={paths.settings}>To the settings</Link>}
    </div>
  );
}
