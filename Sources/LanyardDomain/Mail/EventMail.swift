/// To whom an event writes, and how.
package struct EventMail: Hashable, Sendable, Codable {
  /// Who is written to.
  package enum Reach: String, Spelled, Codable {
    /// Nobody but who asks for something.
    case nobody = "NOBODY"
    /// Those who registered by themselves, and those of whom an import says so.
    case asked = "ASKED"
    case everyone = "EVERYONE"
  }

  package var reach = Reach.asked
  /// The address to which people answer; empty where there is none.
  package var contact = ""
  /// When who is confirmed is reminded of the event; nil where nobody is.
  package var remindsAt: Instant?

  package init() {}

  /// Whether somebody is written to.
  ///
  /// - Parameter isAsked: Whether they registered by themselves, or it was told so.
  package func reaches(_ kind: MailKind, isAsked: Bool) -> Bool {
    if kind.isAskedFor { return true }
    return switch reach {
    case .nobody: false
    case .asked: isAsked
    case .everyone: true
    }
  }

  private enum CodingKeys: String, CodingKey {
    case reach, contact
    case remindsAt = "reminds_at"
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    reach = try values.decodeIfPresent(Reach.self, forKey: .reach) ?? .asked
    contact = try values.decodeIfPresent(String.self, forKey: .contact) ?? ""
    remindsAt = try values.decodeIfPresent(Int64.self, forKey: .remindsAt).map { Instant(microseconds: $0) }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(reach, forKey: .reach)
    if !contact.isEmpty { try values.encode(contact, forKey: .contact) }
    try values.encodeIfPresent(remindsAt?.microseconds, forKey: .remindsAt)
  }
}
