/// Which way a person passes a checkpoint.
package enum Direction: String, Sendable, CaseIterable {
  case into = "IN"
  case out = "OUT"
}
