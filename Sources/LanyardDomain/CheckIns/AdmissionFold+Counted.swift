extension AdmissionFold.Counted {
  /// The name by which a store counts it.
  package var name: String {
    switch self {
    case .admitted: AnswerKind.admitted.rawValue
    case .left: AnswerKind.left.rawValue
    case .refused(let reason): reason.rawValue
    }
  }

  /// Nil where nothing that is counted has the name.
  package init?(name: String) {
    switch AnswerKind(rawValue: name) {
    case .admitted: self = .admitted
    case .left: self = .left
    case .refused, nil:
      guard let reason = RefusalReason(rawValue: name) else { return nil }
      self = .refused(reason)
    }
  }
}
