import BadgePrinting
import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import SwiftProtobuf

/// Whose badges are drawn.
extension BadgeRun {
  /// The badges that are asked for one by one, in their order: by their names, or as those of a run. Nil where all are that the
  /// filter leaves.
  func named(_ store: any BadgeStore) async throws -> [BadgeSerial]? {
    guard case .run(let number, let first) = choice else {
      return serials.isEmpty ? nil : serials.sorted { $0.rawValue < $1.rawValue }
    }
    return try await store.badges(ofPrintRun: number, of: event.slug, from: first).map(\.serial)
  }

  /// Those that are drawn of the ones that were found.
  func chosen(
    _ found: [Wanted],
    _ named: [BadgeSerial]?,
    _ printed: [BadgeSerial: BadgePrinting],
    _ wording: BadgeWording,
    _ store: any BadgeStore & RegistrationStore
  ) async throws -> [Wanted] {
    switch choice {
    case .all: return found
    case .run:
      let bySerial = Dictionary(found.map { ($0.serial, $0) }) { first, _ in first }
      return named.map { $0.compactMap { bySerial[$0] } } ?? []
    case .unprinted:
      var chosen: [Wanted] = []
      for start in stride(from: 0, to: found.count, by: Self.partSize) {
        let part = found[start..<min(start + Self.partSize, found.count)]
        let before = part.filter { printed[$0.serial] != nil }
        let faces = try await faces(of: before[...], wording, store).faces
        let same = Set(faces.filter { printed[$0.serial]?.face == $1.digest(with: $0.code) }.map(\.badge.serial))
        chosen += part.filter { !same.contains($0.serial) }
      }
      return chosen
    }
  }

  /// The badges that work, or wait to be activated, of those who are asked for.
  ///
  /// - Parameter named: No others; nil where all are asked for.
  func found(_ named: [BadgeSerial]?, _ store: any BadgeStore & RegistrationStore) async throws -> [Wanted] {
    let asked = named.map(Set.init)
    var names: [String: (family: String, given: String)] = [:]
    try await eachPage {
      try await store.registrations(of: event.slug, matching: filter, $0).page
    } _: { registrations in
      for registration in registrations where registration.erasedAt == nil {
        if let day, !registration.details.isFor(day) { continue }
        let person = registration.details.person
        let family = person.familyName.isEmpty ? person.givenName : person.familyName
        names[registration.id] = (family, person.givenName)
      }
    }
    var issues: [String: Int] = [:]
    var wanted: [Wanted] = []
    try await eachPage {
      try await store.badges(of: event.slug, registration: nil, $0)
    } _: { badges in
      for badge in badges {
        let issue = issues[badge.registration, default: 0] + 1
        issues[badge.registration] = issue
        guard badge.state.isPrinted, let name = names[badge.registration], asked?.contains(badge.serial) ?? true
        else { continue }
        wanted.append(
          Wanted(
            serial: badge.serial,
            code: badge.code,
            registration: badge.registration,
            issue: issue,
            sortName: name
          )
        )
      }
    }
    return wanted
  }

  /// Those that are asked for one by one and were not found, with why that is.
  func absent(
    _ named: [BadgeSerial]?,
    _ found: [Wanted],
    _ store: any BadgeStore & RegistrationStore
  ) async throws -> [Lanyard_V1_RenderBadgesResponse.LeftOut] {
    let there = Set(found.map(\.serial))
    var absent: [Lanyard_V1_RenderBadgesResponse.LeftOut] = []
    for serial in named ?? [] where !there.contains(serial) {
      guard let badge = try await store.existingBadge(serial, of: event.slug) else {
        absent.append(leftOut(serial, "", [Sentence(.badgeIsNotHere)]))
        continue
      }
      let bearer = try await store.registration(badge.registration, of: event.slug)
      guard let reason = Self.reason(badge, bearer) else { continue }
      absent.append(leftOut(serial, bearer.details.person.displayName, [Sentence(reason)]))
    }
    return absent
  }

  /// Why a badge is not printed; nil where it would be, and the filter leaves it out.
  private static func reason(_ badge: Badge, _ bearer: Registration) -> Sentence.Key? {
    switch badge.state {
    case .held: .badgeIsHeld
    case .replaced: .badgeIsReplaced
    case .revoked: .badgeIsRevoked
    case .active, .notActivated:
      if bearer.erasedAt != nil {
        .badgeErasedMeanwhile
      } else {
        bearer.state == .confirmed ? nil : .badgeIsNotConfirmed
      }
    }
  }

  func leftOut(
    _ serial: BadgeSerial,
    _ name: String,
    _ reasons: [Sentence]
  ) -> Lanyard_V1_RenderBadgesResponse.LeftOut {
    let phrasebook = Phrasebook.of(language)
    var told: [String] = []
    // What is on both sides is said once.
    for text in reasons.map({ phrasebook.text($0, for: .page) }) where !told.contains(text) { told.append(text) }
    return .with {
      ($0.badge, $0.displayName) = (ResourceName.badge(serial, of: event.slug).description, name)
      $0.message = told.joined(separator: "; ")
    }
  }
}
