/**
 * JSON as part of a script: nothing in it can end the script.
 * @example scriptJson('</script>') // => '"\\u003c/script>"'
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
