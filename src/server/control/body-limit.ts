/** Of a body to the control plane: room for a snapshot with a large number of rows. */
export const MAX_CONTROL_BODY_BYTES = 16 * 1_048_576;
