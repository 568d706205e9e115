// ACCID's mark.
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <path d="M8 24 16 7l8 17h-4.2l-1.5-3.4h-4.6L12.2 24Zm7-6.6h2L16 14.9Z" fill="var(--on-accent)" />
    </svg>
  );
}
