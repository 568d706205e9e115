// Parts of a service's settings: how to get a key, entering it, and the question before it is let go.
import { request } from "@accid/api-client/client";
import type { Service } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { useState } from "react";
import { toast, toastError } from "../../shared/announce.ts";
import { queryClient } from "../../shared/queries.ts";
import styles from "./Settings.module.css";

export const freshServices = () => { for (const key of ["services", "dropbox", "credentials", "settings"]) void queryClient.invalidateQueries({ queryKey: [key] }); };

/** Where Dropbox sends the browser back to; it has to be told once. */
const callback = () => `http://localhost${window.location.port ? `:${window.location.port}` : ""}/auth/dropbox/callback`;

export function HowTo({ open }: { open: boolean }) {
  const copy = () => void navigator.clipboard.writeText(callback()).then(() => toast("Copied.", { tone: "success" }), toastError);
  return (
    <details className={styles["fold"]} open={open}>
      <summary>How to get an app key</summary>
      <ol className={styles["steps"]}>
        <li>At <a href="https://www.dropbox.com/developers/apps" target="_blank" rel="noreferrer">dropbox.com/developers/apps</a>, sign in and choose <strong>Create app</strong>, then <strong>Scoped access</strong>.</li>
        <li>Choose <strong>Full Dropbox</strong> to take pictures in from any folder, or <strong>App folder</strong> if ACCID is to see one folder only. Name it as you like.</li>
        <li>Under <strong>Permissions</strong> allow account_info.read, files.metadata.read, files.content.read and files.content.write, and choose <strong>Submit</strong>.</li>
        <li>Under <strong>Settings</strong>, add this redirect URI: <code>{callback()}</code> <Button kind="ghost" icon={<Copy />} onClick={copy}>Copy the address</Button></li>
        <li>Copy the <strong>App key</strong> and enter it here. It is no secret; ACCID needs no app secret.</li>
      </ol>
    </details>
  );
}

export function KeyForm({ service, label, help, secret }: { service: Service; label: string; help: string; secret: boolean }) {
  const [key, setKey] = useState(secret ? "" : service.app_key ?? "");
  const keep = useMutation({
    mutationFn: () => request<Service>(urls.service(service.service), { method: "PUT", body: { key: key.trim() } }),
    onSuccess: () => { freshServices(); setKey(secret ? "" : key.trim()); toast("The key is kept.", { tone: "success" }); },
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

export function ForgetDialog({ service, onClose }: { service: Service; onClose: () => void }) {
  const forget = useMutation({
    mutationFn: () => request(urls.service(service.service), { method: "DELETE" }),
    onSuccess: () => { freshServices(); onClose(); toast(`${service.title} is not connected any more. What is on this machine stays.`); },
  });
  return (
    <Dialog title={`Disconnect ${service.title}?`} onClose={onClose} footer={<>
      <Button onClick={onClose}>Stay connected</Button>
      <Button kind="danger" busy={forget.isPending} onClick={() => forget.mutate()}>Disconnect</Button>
    </>}>
      <p>{service.service === "dropbox"
        ? "ACCID gives the sign-in back and forgets it. What was taken in stays on this machine, and what was sent stays in Dropbox. You can connect it again at any time."
        : "ACCID forgets the key. Pictures that imgBB shows already stay there; yours stay on this machine. To connect it again you enter the key anew."}</p>
      {forget.error && <ErrorNote error={forget.error} />}
    </Dialog>
  );
}
