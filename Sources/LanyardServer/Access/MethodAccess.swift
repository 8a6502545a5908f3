import LanyardDomain

/// Who may call a method, and where its requests name what they are about.
package struct MethodAccess: Sendable {
  package let rule: AccessPolicy.Rule
  /// `RequestNames` of the method's type of request.
  private let names: any Sendable

  fileprivate init<Request: Sendable>(_ rule: AccessPolicy.Rule, _ names: RequestNames<Request>) {
    self.rule = rule
    self.names = names
  }

  fileprivate init(ofNoEvent rule: AccessPolicy.Rule) {
    self.rule = rule
    names = OfNoEvent()
  }

  /// Where requests of a type name what they are about; nil where they are about no event.
  ///
  /// - Throws: `Misfit` where the method is said to have requests of another type: then nobody who is bound to an event
  ///   may call it.
  func names<Request: Sendable>(of type: Request.Type) throws(Misfit) -> RequestNames<Request>? {
    if names is OfNoEvent { return nil }
    guard let names = names as? RequestNames<Request> else { throw Misfit() }
    return names
  }

  /// The policy speaks of another type of request than the method has.
  struct Misfit: Error {}

  private struct OfNoEvent: Sendable {}
}

/// Where requests of one type name what they are about.
struct RequestNames<Request: Sendable>: Sendable {
  enum Source: Sendable {
    case one(RequestedName.Kind, field: String, @Sendable (Request) -> String)
    case many(@Sendable (Request) throws -> [RequestedName])
  }

  let source: Source
  /// Whether a stream's messages after the first may leave the name away.
  let mayBeLeftAway: Bool
}

/// How the policy says of a method where its requests name what they are about.
extension AccessPolicy.Rule {
  /// Of a method whose requests name one thing.
  func of<Request: Sendable>(
    _ kind: RequestedName.Kind,
    _ field: String,
    _ name: @escaping @Sendable (Request) -> String
  ) -> MethodAccess {
    MethodAccess(self, RequestNames(source: .one(kind, field: field, name), mayBeLeftAway: false))
  }

  /// Of a method whose stream names one thing in its first message; what later ones name is checked too.
  func ofFirst<Request: Sendable>(
    _ kind: RequestedName.Kind,
    _ field: String,
    _ name: @escaping @Sendable (Request) -> String
  ) -> MethodAccess {
    MethodAccess(self, RequestNames(source: .one(kind, field: field, name), mayBeLeftAway: true))
  }

  /// Of a method whose requests name several things, each of which the caller has to be allowed.
  func ofAll<Request: Sendable>(_ names: @escaping @Sendable (Request) throws -> [RequestedName]) -> MethodAccess {
    MethodAccess(self, RequestNames(source: .many(names), mayBeLeftAway: false))
  }

  /// Of a method that is about the whole installation, and for nobody who is bound to one event.
  func ofInstallation<Request: Sendable>(_: Request.Type) -> MethodAccess {
    of(.eventOrInstallation, "") { (_: Request) in ResourceName.everyEvent.description }
  }

  /// Of a method that is about no event, or about what is the caller's own.
  var ofNoEvent: MethodAccess { MethodAccess(ofNoEvent: self) }
}
