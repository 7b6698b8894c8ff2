import { createLogUpdate } from "log-update";
import { Board } from "./board.ts";
import type { Paint } from "./line.ts";
import type { Progress } from "./progress.ts";

/** A picture of all steps that is kept up to date on a terminal. */
export function liveProgress(stream: NodeJS.WriteStream, paint: Paint): Progress {
  const board = new Board(paint);
  const update = createLogUpdate(stream);
  const draw = (): void => update(board.render(Date.now(), Math.max(4, (stream.rows ?? 24) - 4)));
  let timer: NodeJS.Timeout | undefined;
  return {
    onEvent: (event) => {
      board.take(event);
      // Not before: until then, others may write there.
      if (event.type === "run-started") timer = setInterval(draw, 100);
    },
    end: () => {
      clearInterval(timer);
      update.clear();
      update.done();
      stream.write(board.final());
    },
  };
}
