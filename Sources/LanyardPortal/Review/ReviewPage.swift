/// The registrations of an event, to decide on.
struct ReviewPage: Sendable {
  struct Row: Sendable {
    let id: String
    let value: String
    let href: String
    let name: String
    let choose: String
    let details: String
    let email: String
    let signal: String
    let words: String
  }

  /// A parameter of the list, kept by the form of decisions.
  struct Kept: Sendable {
    let name: String
    let value: String
  }

  let action: String
  let desk: String
  let filters: [FieldView]
  let kept: [Kept]
  let found: String
  let notices: [String]
  let hasNotices: Bool
  let rows: [Row]
  let hasRows: Bool
  let next: String?
}

/// Who may be registered twice.
struct DuplicatesPage: Sendable {
  struct Group: Sendable {
    let why: String
    let people: [ReviewPage.Row]
  }

  let back: String
  let groups: [Group]
  let hasGroups: Bool
}
