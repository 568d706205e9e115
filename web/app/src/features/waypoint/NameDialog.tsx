// Asks for a name.
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { TextField } from "@accid/ui/Field";
import { useId, useState } from "react";

interface Props { title: string; label: string; value: string; action: string; help?: string; onName: (name: string) => void; onClose: () => void }

export function NameDialog({ title, label, value, action, help, onName, onClose }: Props) {
  const form = useId();
  const [name, setName] = useState(value);
  const isReady = name.trim() !== "";
  return (
    <Dialog title={title} onClose={onClose} footer={<><Button onClick={onClose}>Cancel</Button><Button kind="primary" type="submit" form={form} disabled={!isReady}>{action}</Button></>}>
      <form id={form} onSubmit={(event) => { event.preventDefault(); if (isReady) { onClose(); onName(name.trim()); } }}>
        <TextField label={label} autoFocus required value={name} help={help} onChange={(event) => setName(event.target.value)} />
      </form>
    </Dialog>
  );
}
