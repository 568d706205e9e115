// What went wrong with a service: stopping is no failure, and a sign-in that does not hold is mended in the settings.
import { ErrorNote, Note } from "@accid/ui/Feedback";
import type { ReactNode } from "react";
import { codeOf, isStopped } from "../jobFailure.ts";
import { Link, paths } from "../router.tsx";

const inSettings = ["credentials_missing", "credentials_locked"];

/** `action`: what may help where the settings do not. */
export function CloudTrouble({ error, action }: { error: Error; action?: ReactNode }) {
  if (isStopped(error)) return <Note><p>{error.message}</p></Note>;
  return <ErrorNote error={error} action={inSettings.includes(codeOf(error) ?? "") ? <Link to={paths.settings}>Open the settings</Link> : action} />;
}
