import LanyardLoad

extension CommandFailure {
  /// What kept a load test from being run.
  init(_ failure: LoadFailure) {
    let status: ExitStatus =
      switch failure.kind {
      case .wrongUse: .usage
      case .notFound: .negative
      case .unreachable: .unreachable
      }
    self.init(status: status, message: "lanyard: \(failure)")
  }
}
