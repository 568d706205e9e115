// Whether pictures can be taken out of Dropbox: somebody is connected, and one may.
import { useQuery } from "@tanstack/react-query";
import { useMay } from "../abilities.ts";
import { queries } from "../queries.ts";

export function useDropbox(project: string): boolean {
  const may = useMay()("import-from-dropbox");
  const dropbox = useQuery({ ...queries.dropbox(project), enabled: may && project !== "" });
  return may && dropbox.data?.connected === true;
}
