/// The registration desk: who is found, who is helped, and who walks in.
struct DeskPage: Sendable {
  /// Somebody who was found.
  struct Hit: Sendable {
    let href: String
    let name: String
    let signal: String
    let words: String
    let detail: String
    let isCurrent: Bool
  }

  /// What the desk is told before all else.
  struct Notice: Sendable {
    let signal: String
    let told: String
  }

  /// The form of somebody who walks in.
  struct WalkIn: Sendable {
    let action: String
    let requestID: String
    let places: String?
    let summary: FaultSummary?
    let fields: [FieldView]
  }

  /// Path of the page.
  let base: String
  let query: String
  let found: String?
  let hits: [Hit]
  let notice: Notice?
  let hasPerson: Bool
  let person: DeskPerson?
  let walkIn: WalkIn
}

/// A person at the desk.
struct DeskPerson: Sendable {
  struct Fact: Sendable {
    let term: String
    let value: String
  }

  struct Button: Sendable {
    let step: String
    let label: String
    let accessKey: String?
  }

  /// A step that says first what comes of it.
  struct RiskyStep: Sendable {
    let step: String
    let label: String
    let consequence: String
    let takesNote: Bool
  }

  /// One of the badges that they have had.
  struct BadgeRow: Sendable {
    let number: String
    let signal: String
    let state: String
    let details: [String]
  }

  /// Something that happened, the newest first.
  struct Entry: Sendable {
    let moment: String
    let what: String
    let who: String
  }

  let name: String
  let signal: String
  let words: String
  let etag: String
  let badgeName: String
  /// Path that its forms are sent to.
  let action: String
  let canPrint: Bool
  /// Whether printing is what is to be done now.
  let isToPrint: Bool
  let phoneBadge: String?
  let buttons: [Button]
  let hasButtons: Bool
  let badge: BadgeView?
  let facts: [Fact]
  let badges: [BadgeRow]
  let hasBadges: Bool
  let risky: [RiskyStep]
  let history: [Entry]
  let summary: FaultSummary?
  let isOpen: Bool
  let fields: [FieldView]
}
