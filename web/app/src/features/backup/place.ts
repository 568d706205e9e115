// What an address of a backup names, and what is sent to sign in there.
export type Kind = "folder" | "sftp" | "object-storage";
export interface Secrets { password: string; way: "password" | "key" | "agent"; login: string; key: string }

export function kindOf(url: string): Kind | null {
  const scheme = /^([a-z0-9+]+):\/\//i.exec(url.trim())?.[1]?.toLowerCase();
  if (scheme === "file") return "folder";
  if (scheme === "sftp") return "sftp";
  return scheme === "s3" || scheme === "s3+https" || scheme === "s3+http" ? "object-storage" : null;
}

export const noSecrets = (known: string | undefined): Secrets => ({ password: "", way: known === "key" || known === "agent" ? known : "password", login: "", key: "" });

/** What to send; nothing when what is known stays. */
export function loginOf(url: string, secrets: Secrets): { login?: Record<string, unknown> } {
  const kind = kindOf(url);
  if (kind === null || kind === "folder") return {};
  if (kind === "sftp" && secrets.way === "agent") return { login: { agent: true } };
  if (kind === "sftp" && secrets.way === "key") return secrets.key.trim() ? { login: { key: secrets.key } } : {};
  return secrets.login ? { login: { password: secrets.login } } : {};
}
