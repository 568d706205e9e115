// Asks for the description of a picture that has none, when it is still before one's eyes.
import type { Photo } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { TextArea } from "@accid/ui/Field";
import { useState } from "react";
import styles from "./Inspector.module.css";
import { thumbnailOf } from "./thumbnail.ts";

interface Props { project: string; photo: Photo; onBack: () => void; onDone: (alt: string) => void }

export function DescribePhoto({ project, photo, onBack, onDone }: Props) {
  const [alt, setAlt] = useState("");
  return (
    <form className={styles["describe"]} onSubmit={(event) => { event.preventDefault(); if (alt.trim()) onDone(alt.trim()); }}>
      <img src={thumbnailOf(project, photo)} alt="" />
      <div>
        <h3>What does the picture show?</h3>
        <TextArea label="Description of the picture" rows={3} autoFocus value={alt} onChange={(event) => setAlt(event.target.value)}
          help="One sentence, read to people who do not see it and to search engines: “A sloop under full sail before a low sun.”" />
        <div className={styles["row"]}>
          <Button kind="primary" type="submit" disabled={!alt.trim()}>Use this picture</Button>
          <Button onClick={() => onDone("")}>It is mere decoration</Button>
          <Button kind="ghost" onClick={onBack}>Back to all pictures</Button>
        </div>
      </div>
    </form>
  );
}
