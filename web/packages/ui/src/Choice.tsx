// One of several things to choose from: a radio button that is a card, with or without a picture.
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./Choice.module.css";

interface ChoiceProps {
  /** The group it belongs to. */
  group: string;
  value: string;
  chosen: boolean;
  title: ReactNode;
  about?: ReactNode;
  icon?: ReactNode;
  /** Shown above the words; the card itself then says what is chosen. */
  picture?: ReactNode;
  onChoose: () => void;
}

export function Choice({ group, value, chosen, title, about, icon, picture, onChoose }: ChoiceProps) {
  return (
    <label className={`${styles["choice"]} ${picture ? styles["pictured"] : ""}`} data-choice={value}>
      <input type="radio" name={group} value={value} checked={chosen} onChange={onChoose} />
      {picture && <span className={styles["picture"]}>{picture}</span>}
      <span className={styles["words"]}>
        <strong>{icon}{title}{picture && <Check className={styles["mark"]} aria-hidden="true" />}</strong>
        {about && <span className={styles["about"]}>{about}</span>}
      </span>
    </label>
  );
}
