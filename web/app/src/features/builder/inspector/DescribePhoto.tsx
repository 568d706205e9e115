// Asks what a picture shows while it is before one's eyes; the words stay with the picture, wherever it is used.
import { request } from "@accid/api-client/client";
import type { Photo, PhotoWords, Site } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import { SwitchField, TextArea, TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queries, queryClient } from "../../../shared/queries.ts";
import { languageName } from "../languages/translations.ts";
import { Folded } from "./Folded.tsx";
import { FocusPicker, middle, type Point } from "./FocusPicker.tsx";
import styles from "./Inspector.module.css";
import { thumbnailOf } from "./thumbnail.ts";

interface Props {
  project: string; photo: Photo;
  /** What saving leads to: "Use this picture", or on to the next one. */
  next: string;
  onDone: (photo: Photo) => void; onBack: () => void;
}

export function DescribePhoto({ project, photo, next, onDone, onBack }: Props) {
  const [alt, setAlt] = useState(photo.alt ?? "");
  const [caption, setCaption] = useState(photo.caption ?? "");
  const [decorative, setDecorative] = useState(photo.decorative ?? false);
  const [focus, setFocus] = useState<Point>(photo.focus ?? middle);
  const languages = (useQuery(queries.project(project)).data?.site as Site | undefined)?.languages ?? [];
  const [told, setTold] = useState(photo.translations ?? {});
  const tell = (language: string, words: PhotoWords) => setTold({ ...told, [language]: { ...told[language], ...words } });
  const save = useMutation({
    mutationFn: () => request<Photo>(urls.photo(project, photo.id), { method: "PUT", body: { alt: alt.trim(), caption: caption.trim(), decorative, focus, ...(languages.length > 0 ? { translations: told } : {}) }, ifMatch: photo.etag }),
    onSuccess: async (saved) => { await queryClient.invalidateQueries({ queryKey: queries.photos(project).queryKey }); onDone(saved); },
  });
  const isTold = decorative || alt.trim() !== "";
  return (
    <form className={styles["describe"]} onSubmit={(event) => { event.preventDefault(); if (isTold) save.mutate(); }}>
      <FocusPicker source={thumbnailOf(project, photo)} value={focus} onChange={setFocus} />
      <div>
        <h3>What does the picture show?</h3>
        <TextArea label="Description of the picture" rows={3} autoFocus value={alt} disabled={decorative} onChange={(event) => setAlt(event.target.value)}
          help="One sentence, read to people who do not see it and to search engines: “A sloop under full sail before a low sun.”" />
        <SwitchField label="It is mere decoration" help="Nobody has to be told about it." checked={decorative} onChange={setDecorative} />
        <TextField label="Caption" value={caption} onChange={(event) => setCaption(event.target.value)} help="A line of your own for this picture; it is not shown by itself." />
        {languages.length > 0 && (
          <Folded title="In other languages" name="photo/languages" begins="open" mark={Object.keys(told).length > 0}>
            {languages.map((language) => (
              <fieldset key={language} className={styles["group"]}>
                <legend>{languageName(language)}</legend>
                <TextArea label={`Description in ${languageName(language)}`} rows={2} lang={language} value={told[language]?.alt ?? ""} disabled={decorative} onChange={(event) => tell(language, { alt: event.target.value })} />
                <TextField label={`Caption in ${languageName(language)}`} lang={language} value={told[language]?.caption ?? ""} onChange={(event) => tell(language, { caption: event.target.value })} />
              </fieldset>
            ))}
          </Folded>
        )}
        {save.error && <ErrorNote error={save.error} />}
        <div className={styles["row"]}>
          <Button kind="primary" type="submit" disabled={!isTold || save.isPending}>{next}</Button>
          <Button onClick={() => onDone(photo)}>Later</Button>
          <Button kind="ghost" onClick={onBack}>Back to all pictures</Button>
        </div>
      </div>
    </form>
  );
}
