/*
 * What programs in Go take for yes and no, in flags and annotations.
 *
 * Source: https://pkg.go.dev/strconv#ParseBool
 */

export const GO_TRUE = /^(?:1|t|T|true|TRUE|True)$/;
export const GO_FALSE = /^(?:0|f|F|false|FALSE|False)$/;
