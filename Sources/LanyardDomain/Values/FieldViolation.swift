/// One fault of one field of something that was sent or read.
package struct FieldViolation: Hashable, Sendable {
  /// Path of the field as its sender names it, such as `registration.email` or `events[1].sessions[3].start`.
  package let field: String
  /// What is wrong with it and what to do; never a secret.
  package let fault: Fault

  package init(field: String, _ fault: Fault) {
    self.field = field
    self.fault = fault
  }

  /// The same fault, seen from the record that holds the field's record under `prefix`.
  package func under(_ prefix: String) -> FieldViolation {
    FieldViolation(field: "\(prefix).\(field)", fault)
  }
}

/// Thrown where input is refused: every fault that was found, at least one.
package struct InvalidInput: Error, Hashable, Sendable {
  package let violations: [FieldViolation]

  package init(_ violations: [FieldViolation]) {
    self.violations = violations
  }

  package init(field: String, _ fault: Fault) {
    violations = [FieldViolation(field: field, fault)]
  }
}
