import GRPCCore
import LanyardDomain
import LanyardStore
import Synchronization

/// The language of what a caller is told: the one that the call asks for, else that of the person who calls, else that of
/// the event that the caller is bound to or that its request names. It is looked up when a text is to be made, since most
/// calls make none.
final class CallLanguage: Sendable {
  private struct Known {
    var caller: Caller?
    /// What the request names.
    var name: RequestedName?
    /// What was looked up.
    var language: Language?
  }

  /// Whether the call asks for a language that Lanyard speaks.
  let isAsked: Bool
  private let store: any ProgrammeStore & RegistrationStore
  private let known: Mutex<Known>

  init(_ metadata: Metadata, _ store: any ProgrammeStore & RegistrationStore) {
    let asked = Language(metadata)
    isAsked = asked != nil
    self.store = store
    known = Mutex(Known(language: asked))
  }

  /// Who calls.
  func note(_ caller: Caller) { known.withLock { $0.caller = caller } }

  /// What the request is about; of several names the first counts.
  func note(_ name: RequestedName) {
    known.withLock { if $0.name == nil { $0.name = name } }
  }

  /// The language; English where none is known.
  var language: Language {
    get async {
      let (caller, name, language) = known.withLock { ($0.caller, $0.name, $0.language) }
      if let language { return language }
      guard let found = await find(caller, name) else { return .english }
      known.withLock { $0.language = found }
      return found
    }
  }

  private func find(_ caller: Caller?, _ name: RequestedName?) async -> Language? {
    // Where the store fails, the call itself will say so, and better in English than not.
    if let own = caller?.ownRegistration, let person = try? await store.registration(own.id, of: own.event),
      let language = Language(tag: person.details.language)
    {
      return language
    }
    // A name that names nothing is an error of the call, which is told elsewhere.
    let named = try? name?.resource().event
    guard let event = caller?.event ?? named else { return nil }
    return try? await store.event(event).event.language
  }
}
