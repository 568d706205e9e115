// The settings of this ACCID, and how it is.
import { send } from "@accid/api-client/client";
import type { Settings as SettingsDocument } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Choice } from "@accid/ui/Choice";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { SelectField, TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Moon, Sun, SunMoon, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast } from "../../shared/announce.ts";
import { queries, queryClient } from "../../shared/queries.ts";
import { useTheme, type ThemeName } from "../../shared/theme.ts";
import { ConnectionPanel } from "./ConnectionPanel.tsx";
import { CredentialsPanel } from "./CredentialsPanel.tsx";
import { HealthPanel } from "./HealthPanel.tsx";
import { ServicesPanel } from "./ServicesPanel.tsx";
import styles from "./Settings.module.css";
import { SettingsPart } from "./SettingsPart.tsx";

const themes: { name: ThemeName; title: string; Icon: LucideIcon }[] = [
  { name: "system", title: "As the system", Icon: SunMoon }, { name: "light", title: "Light", Icon: Sun }, { name: "dark", title: "Dark", Icon: Moon },
];
const levels = ["error", "warn", "info", "debug"].map((level) => ({ value: level, title: level }));

function SettingsForm({ settings, etag }: { settings: SettingsDocument; etag: string | null }) {
  const may = useMay()("save-settings");
  const [draft, setDraft] = useState(settings);
  const save = useMutation({
    mutationFn: () => {
      const { etag: _etag, findings: _findings, ...document } = draft;
      return send<SettingsDocument>(urls.settings, { method: "PUT", body: document, ...(etag ? { ifMatch: etag } : {}) });
    },
    onSuccess: () => { void queryClient.invalidateQueries({ queryKey: ["settings"] }); toast("Settings saved.", { tone: "success" }); },
  });
  const keep = (values: Partial<SettingsDocument["retention"]>) => setDraft({ ...draft, retention: { ...draft.retention, ...values } });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(settings);
  return (
    <form className={styles["form"]} onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <fieldset className={styles["form"]} disabled={!may}>
        <SettingsPart title="Time Machine" about="Every change is kept by itself. This says how many of those versions stay; those with a name, a note or a pin always do. A project can have rules of its own, in its history.">
          <div className={styles["pair"]}>
            <TextField label="Automatic versions to keep" type="number" min={1} max={10000} required value={draft.retention.automatic} onChange={(event) => keep({ automatic: event.target.valueAsNumber })} />
            <TextField label="Days of which the last version is kept" type="number" min={0} max={36500} required value={draft.retention.daily_days} onChange={(event) => keep({ daily_days: event.target.valueAsNumber })} />
          </div>
        </SettingsPart>
        <SettingsPart title="Trash" about="What was removed waits there and comes back with one click. What kept versions hold stays in them.">
          <div className={styles["pair"]}>
            <TextField label="Days until it goes for good" type="number" min={0} max={3650} required value={draft.trash_days} onChange={(event) => setDraft({ ...draft, trash_days: event.target.valueAsNumber })} help="0 keeps everything until you empty the trash." />
          </div>
        </SettingsPart>
        <SettingsPart title="Server" about="Where ACCID answers. It takes effect at the next start; environment variables and the command line win over it.">
          <div className={styles["pair"]}>
            <TextField label="Address" required value={draft.host} onChange={(event) => setDraft({ ...draft, host: event.target.value })} help="127.0.0.1 means: only this machine." />
            <TextField label="Port" type="number" min={1} max={65535} required value={draft.port} onChange={(event) => setDraft({ ...draft, port: event.target.valueAsNumber })} />
            <SelectField label="What is logged" options={levels} value={draft.log} onChange={(event) => setDraft({ ...draft, log: event.target.value })} />
          </div>
        </SettingsPart>
      </fieldset>
      {save.error && <ErrorNote error={save.error} />}
      {may
        ? <div className={styles["save"]}><span role="status">{isChanged ? "Not saved yet." : ""}</span><Button kind="primary" type="submit" busy={save.isPending}>Save settings</Button></div>
        : <p className={styles["note"]}>Only the owner of this ACCID changes these.</p>}
    </form>
  );
}

export function Settings() {
  const settings = useQuery(queries.settings());
  const { theme, choose } = useTheme();
  return (
    <div className={styles["page"]}>
      <h1>Settings</h1>
      <SettingsPart title="Look of the studio" about="Kept in this browser. It changes the studio only, never your sites.">
        <fieldset>
          <legend className={styles["legend"]}>Theme</legend>
          <div className={styles["themes"]}>
            {themes.map(({ name, title, Icon }) => (
              <Choice key={name} group="theme" value={name} chosen={theme === name} onChoose={() => choose(name)} icon={<Icon aria-hidden="true" />} title={title} />
            ))}
          </div>
        </fieldset>
      </SettingsPart>
      {settings.error && <ErrorNote error={settings.error} />}
      {settings.isPending && <Skeleton height={260} />}
      {settings.data && <SettingsForm key={settings.data.etag} {...settings.data} />}
      <CredentialsPanel />
      <ServicesPanel />
      <ConnectionPanel />
      <HealthPanel />
    </div>
  );
}
