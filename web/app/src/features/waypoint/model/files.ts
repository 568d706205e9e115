// The files in what was dropped or chosen: folders are walked through; what is no photo for sure is left alone. The sorting is
// pure.
const leftAlone = /(^|\/)(\.[^/]+|Thumbs\.db|desktop\.ini|__MACOSX\/.*)$/i;
const route = /\.(gpx|km[lz]|geojson)$/i;

export interface Sorted { photos: File[]; routes: File[] }

export function sorted(files: readonly File[]): Sorted {
  const wanted = files.filter((file) => !leftAlone.test(file.webkitRelativePath || file.name));
  return { photos: wanted.filter((file) => !route.test(file.name)), routes: wanted.filter((file) => route.test(file.name)) };
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return new Promise((resolve) => (entry as FileSystemFileEntry).file((file) => resolve([file]), () => resolve([])));
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const entries: FileSystemEntry[] = [];
  // A folder answers at most a hundred at a time, and nothing at its end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (part.length === 0) break;
    entries.push(...part);
  }
  const found: File[] = [];
  for (const one of entries) found.push(...await filesOf(one));
  return found;
}

/** Must be called while the drop is told: its items are gone a moment later. */
export function dropped(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const plain = [...transfer.files];
  if (entries.every((entry) => entry === null)) return Promise.resolve(plain);
  return Promise.all(entries.map((entry) => (entry ? filesOf(entry) : Promise.resolve([])))).then((lists) => lists.flat());
}

export const hasFiles = (transfer: DataTransfer | null) => transfer !== null && [...transfer.types].includes("Files");
