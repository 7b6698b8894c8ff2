import { elementwise, type Functions, reshape } from "./function-info.ts";
import { timeUnit, timeZone } from "./option-shapes.ts";
import { fields, flag, integer, nullable, oneOf, text, tuple, type } from "./shape.ts";

const total = elementwise(fields({ fractional: flag }));

export const temporalFunctions: Functions = {
  BaseUtcOffset: elementwise(),
  CastTimeUnit: elementwise(timeUnit),
  Century: elementwise(),
  Combine: elementwise(timeUnit),
  ConvertTimeZone: elementwise(timeZone),
  DSTOffset: elementwise(),
  Date: elementwise(),
  Datetime: elementwise(),
  DatetimeFunction: elementwise(fields({ time_unit: timeUnit, time_zone: nullable(timeZone) })),
  Day: elementwise(),
  DaysInMonth: elementwise(),
  Duration: elementwise(timeUnit),
  Hour: elementwise(),
  IsLeapYear: elementwise(),
  IsoYear: elementwise(),
  Microsecond: elementwise(),
  Millennium: elementwise(),
  Millisecond: elementwise(),
  Minute: elementwise(),
  Month: elementwise(),
  Nanosecond: elementwise(),
  OffsetBy: elementwise(),
  OrdinalDay: elementwise(),
  Quarter: elementwise(),
  Replace: elementwise(),
  ReplaceTimeZone: elementwise(tuple(nullable(timeZone), oneOf("Null", "Raise"))),
  Round: elementwise(),
  Second: elementwise(),
  Time: elementwise(),
  TimeStamp: elementwise(timeUnit),
  ToString: elementwise(text),
  TotalDays: total,
  TotalHours: total,
  TotalMicroseconds: total,
  TotalMilliseconds: total,
  TotalMinutes: total,
  TotalNanoseconds: total,
  TotalSeconds: total,
  Truncate: elementwise(),
  Week: elementwise(),
  WeekDay: elementwise(),
  WithTimeUnit: elementwise(timeUnit),
  Year: elementwise(),
};

export const rangeFunctions: Functions = {
  IntRange: reshape(fields({ step: integer, dtype: type })),
  IntRanges: elementwise(fields({ dtype: type })),
};
