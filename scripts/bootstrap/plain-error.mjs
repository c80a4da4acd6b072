/** An error that the user can fix: the message names the problem and the remedy, and is printed without a stack trace. */
export class PlainError extends Error {
  /** @override */
  name = 'PlainError';
}

/**
 * Returns the text to print for a thrown value.
 * @param {unknown} thrown
 * @returns {string}
 */
export function describeThrown(thrown) {
  if (thrown instanceof PlainError) return thrown.message;
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

/**
 * Runs the body of a command. On failure it prints the error to stderr and sets exit code 1.
 * @param {() => Promise<number | void>} body resolves to the exit code, 0 by default
 */
export async function runCommand(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.stderr.write(`${describeThrown(error)}\n`);
    process.exitCode = 1;
  }
}

/**
 * Prints a progress message to stderr, because the command line's stdout is data.
 * @param {string} message
 */
export function log(message) {
  process.stderr.write(`${message}\n`);
}
