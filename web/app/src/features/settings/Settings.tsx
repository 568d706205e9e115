// The settings of this ACCID, and how it is.
import { send } from "@accid/api-client/client";
import type { Settings as SettingsDocument } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { SelectField, TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "../../shared/announce.ts";
import { queries, queryClient } from "../../shared/queries.ts";
import { useTheme, type ThemeName } from "../../shared/theme.ts";
import { HealthPanel } from "./HealthPanel.tsx";
import styles from "./Settings.module.css";

const levels = ["error", "warn", "info", "debug"].map((level) => ({ value: level, title: level }));

function SettingsForm({ settings, etag }: { settings: SettingsDocument; etag: string | null }) {
  const [draft, setDraft] = useState(settings);
  const save = useMutation({
    mutationFn: () => {
      const { etag: _etag, findings: _findings, ...document } = draft;
      return send<SettingsDocument>(urls.settings, { method: "PUT", body: document, ...(etag ? { ifMatch: etag } : {}) });
    },
    onSuccess: () => { void queryClient.invalidateQueries({ queryKey: ["settings"] }); toast("Settings saved.", { tone: "success" }); },
  });
  const keep = (values: Partial<SettingsDocument["retention"]>) => setDraft({ ...draft, retention: { ...draft.retention, ...values } });
  return (
    <form className={styles["form"]} onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <h2>Time Machine</h2>
      <div className={styles["pair"]}>
        <TextField label="Automatic versions to keep" type="number" min={1} max={10000} required value={draft.retention.automatic} onChange={(event) => keep({ automatic: event.target.valueAsNumber })} />
        <TextField label="Days of which the last version is kept" type="number" min={0} max={36500} required value={draft.retention.daily_days} onChange={(event) => keep({ daily_days: event.target.valueAsNumber })} />
      </div>
      <p className={styles["note"]}>Named versions are always kept.</p>
      <h2>Server</h2>
      <div className={styles["pair"]}>
        <TextField label="Address" required value={draft.host} onChange={(event) => setDraft({ ...draft, host: event.target.value })} help="127.0.0.1 means: only this machine." />
        <TextField label="Port" type="number" min={1} max={65535} required value={draft.port} onChange={(event) => setDraft({ ...draft, port: event.target.valueAsNumber })} />
        <SelectField label="What is logged" options={levels} value={draft.log} onChange={(event) => setDraft({ ...draft, log: event.target.value })} />
      </div>
      <p className={styles["note"]}>These take effect at the next start. Environment variables and the command line win over them.</p>
      {save.error && <ErrorNote error={save.error} />}
      <div><Button kind="primary" type="submit" busy={save.isPending}>Save settings</Button></div>
    </form>
  );
}

export function Settings() {
  const settings = useQuery(queries.settings());
  const { theme, choose } = useTheme();
  return (
    <div className={styles["page"]}>
      <h1>Settings</h1>
      <section className={styles["card"]}>
        <h2>Look of the studio</h2>
        <SelectField label="Theme" value={theme} onChange={(event) => choose(event.target.value as ThemeName)} help="Kept in this browser."
          options={[{ value: "system", title: "As the system says" }, { value: "dark", title: "Dark" }, { value: "light", title: "Light" }]} />
      </section>
      <section className={styles["card"]} aria-label="Settings of this ACCID">
        {settings.error && <ErrorNote error={settings.error} />}
        {settings.isPending && <Skeleton height={260} />}
        {settings.data && <SettingsForm key={settings.data.etag} {...settings.data} />}
      </section>
      <HealthPanel />
    </div>
  );
}
