/// One fault of one field of something that was sent or read.
package struct FieldViolation: Hashable, Sendable {
  /// Path of the field as its sender names it, such as `registration.email` or `events[1].sessions[3].start`.
  package let field: String
  /// What is wrong with it and what to do; never a secret.
  package let reason: String

  package init(field: String, reason: String) {
    self.field = field
    self.reason = reason
  }

  /// The same fault, seen from the record that holds the field's record under `prefix`.
  package func under(_ prefix: String) -> FieldViolation {
    FieldViolation(field: "\(prefix).\(field)", reason: reason)
  }
}

/// Thrown where input is refused: every fault that was found, at least one.
package struct InvalidInput: Error, Hashable, Sendable {
  package let violations: [FieldViolation]

  package init(_ violations: [FieldViolation]) {
    self.violations = violations
  }

  package init(field: String, reason: String) {
    violations = [FieldViolation(field: field, reason: reason)]
  }
}
