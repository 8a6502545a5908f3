import GRPCCore
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts

/// That a registration was changed after somebody had read it, with what of it was.
struct ChangedMeanwhile: CallFaultConvertible {
  let registration: ResourceName
  /// The names of the fields, in the order of a registration's.
  let fields: [String]

  var callFault: CallFault {
    CallFault(
      reason: .etagMismatch,
      sentence: Sentence(
        .errorChangedMeanwhile,
        ["fields": .list(fields), "registration": .text(registration.description)]
      ),
      metadata: ["resource": registration.description, "changed": fields.joined(separator: ",")]
    )
  }
}

extension RegistrationServiceProvider {
  /// The most changes that are looked at.
  private static let looked = 50

  /// Says what was changed of a registration, where nothing comes of a step because it was changed since it was read.
  ///
  /// - Parameter etag: As it was read; empty where it does not matter.
  func tellingChanges<Value>(
    of id: String,
    _ event: String,
    since etag: String,
    _ body: () async throws(StoreError) -> Value
  ) async throws -> Value {
    do throws(StoreError) {
      return try await body()
    } catch .etagMismatch {
      let name = ResourceName.registration(id, of: event)
      let fields = try await changes(of: name, id, event, since: etag)
      throw fields.isEmpty ? StoreError.etagMismatch : ChangedMeanwhile(registration: name, fields: fields)
    }
  }

  /// What was changed since an etag was read; nothing where that is none that the registration has had.
  private func changes(
    of name: ResourceName,
    _ id: String,
    _ event: String,
    since etag: String
  ) async throws -> [String] {
    let now = try await store.registration(id, of: event).revision
    guard let read = Int64(etag.filter { $0 != "\"" }), read < now, now - read <= Int64(Self.looked) else { return [] }
    var filter = AuditFilter(event: event)
    filter.resource = .named(name)
    var entries: [[String]] = []
    try await eachPage(of: Self.looked) {
      try await store.auditEntries(filter, $0)
    } _: { page in
      entries = (entries + page.map(\.changedOfRegistration).filter { !$0.isEmpty }).suffix(Self.looked)
    }
    let changed = Set(entries.suffix(Int(now - read)).joined())
    return RegistrationField.allCases.map(\.name).filter(changed.contains)
      + changed.intersection([RegistrationAddition.state.rawValue])
  }
}
