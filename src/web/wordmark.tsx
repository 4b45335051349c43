/** The name of the product, as it stands at the top of a page. */
export function Wordmark() {
  return (
    <span class="wordmark">
      Talmach<span class="wordmark-dot">.</span>
    </span>
  )
}
