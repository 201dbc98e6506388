/** The bounds of a format of integers. */
export interface IntegerFormat {
  readonly minimum: number;
  readonly maximum: number;
}

/** The formats of OpenAPI's registry. A JavaScript number is exact up to 2^53. */
const FORMATS: Readonly<Record<string, IntegerFormat>> = {
  int8: { minimum: -(2 ** 7), maximum: 2 ** 7 - 1 },
  int16: { minimum: -(2 ** 15), maximum: 2 ** 15 - 1 },
  int32: { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  int64: { minimum: -(2 ** 63), maximum: 2 ** 63 },
  uint8: { minimum: 0, maximum: 2 ** 8 - 1 },
  uint16: { minimum: 0, maximum: 2 ** 16 - 1 },
  uint32: { minimum: 0, maximum: 2 ** 32 - 1 },
  uint64: { minimum: 0, maximum: 2 ** 64 },
};

/** `undefined`: it is no format of integers. */
export function integerBoundsOf(format: string | undefined): IntegerFormat | undefined {
  return format !== undefined && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
}
