import { basename } from 'node:path';
import * as dialogs from '../electron/dialogs';
import { writeFileAtomically } from '../node/files/atomic-write';
import { readText } from '../node/files/read-text';

/** Returns a function that reads the text of the file that `choose` asks for; undefined if the user closes the dialog. */
export function askForText(choose: () => Promise<string | undefined>, limitBytes: number) {
  return async (): Promise<string | undefined> => {
    const path = await choose();
    return path === undefined ? undefined : readText(path, limitBytes);
  };
}

/** Returns a function that saves a text where the user chooses. It returns the file's name; undefined if they close the dialog. */
export function saveTextAs(ending: string) {
  return async (fileName: string, text: string): Promise<string | undefined> => {
    const path = await dialogs.askWhereToSave({ fileName, ending });
    if (path === undefined) return undefined;
    await writeFileAtomically(path, Buffer.from(text));
    return basename(path);
  };
}
