// Coordinates as people read and write them. Pure.
export const placeInWords = ({ lat, lon }: { lat: number; lon: number }) =>
  `${Math.abs(lat).toFixed(5)}° ${lat < 0 ? "S" : "N"}, ${Math.abs(lon).toFixed(5)}° ${lon < 0 ? "W" : "E"}`;

/** Reads `13.01, -61.24`, `13.01 N 61.24 W`, `13°00'36"N 61°14'24"W`; null when it is no place. */
export function readPlace(text: string): { lat: number; lon: number } | null {
  const sides = [...text.toUpperCase().matchAll(/(-?\d+(?:[.,]\d+)?)\s*°?\s*(?:(\d+(?:[.,]\d+)?)\s*['’′]\s*)?(?:(\d+(?:[.,]\d+)?)\s*(?:["”″]|''))?\s*([NSEWO])?/g)];
  const plain = /^\s*-?\d+,\d+\s*[;/ ]\s*-?\d+,\d+\s*$/.test(text);
  const number = (part: string | undefined) => Number((part ?? "0").replace(",", "."));
  const values = (plain || sides.some((side) => side[4]) ? sides : [...text.matchAll(/(-?\d+(?:\.\d+)?)/g)].map((one) => [one[0], one[1], undefined, undefined, undefined] as unknown as RegExpExecArray))
    .map((side) => ({ value: (Math.abs(number(side[1])) + number(side[2]) / 60 + number(side[3]) / 3600) * ((side[1] ?? "").startsWith("-") ? -1 : 1), letter: side[4] ?? "" }));
  if (values.length !== 2) return null;
  const signed = values.map(({ value, letter }) => (letter === "S" || letter === "W" || letter === "O" ? -Math.abs(value) : value)) as [number, number];
  const isTurned = /[EWO]/.test(values[0]?.letter ?? "") || /[NS]/.test(values[1]?.letter ?? "");
  const [lat, lon] = isTurned ? [signed[1], signed[0]] : signed;
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null;
}
