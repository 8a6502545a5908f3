import BadgePrinting
import Crypto
import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMail
import LanyardMessages
import LanyardStore
import LanyardTexts
import Logging
import SwiftProtobuf

/// Makes messages of what is on record.
struct MailComposer: Sendable {
  /// Stands for the sender where none is set, as where a mail is only looked at.
  private static let noSender = "noreply@localhost.invalid"

  let store: any BadgeStore & ProgrammeStore & StandingStore
  /// Whom mails are from; nil where that is not set.
  let sender: String?
  let clock: ServerClock
  let logger: Logger

  /// The message of a mail as it stands now.
  ///
  /// - Parameter links: What makes its links; nil leaves them out.
  func message(_ matter: MailMatter, links: (any MailLinks)?) async throws -> MailMessage {
    let (event, registration, kind) = (matter.event, matter.registration, matter.mail.kind)
    let person = registration.details.person
    let language = MailLetter.language(of: person, event)
    let from = MailAddress(name: event.title.text(in: language), sender ?? Self.noSender)
    var beside = MailLetter.Circumstances()
    (beside.place, beside.reason, beside.badge) = (matter.place, matter.reason, matter.badge?.state)
    var attachments: [MailMessage.Attachment] = []
    if kind == .badgeReady {
      attachments = try await enclosures(matter, language, domain: from.domain)
      beside.hasPicture = attachments.contains { $0.name == Self.pictureName }
      beside.hasCalendar = attachments.contains { $0.name == Self.calendarName }
    }
    if let purpose = kind.linkPurpose, let links {
      beside.link = try await links.address(
        for: purpose,
        registration: registration.id,
        of: event.slug
      )
    }
    var message = MailMessage(
      from: from,
      // Whoever typed an address that is not confirmed yet says nothing to whom it is of.
      to: MailAddress(name: kind == .verifyAddress ? "" : person.displayName, person.email),
      replyTo: event.mail.contact.isEmpty ? nil : MailAddress(event.mail.contact),
      messageID: "\(try await identifier(matter.mail))@\(from.domain)",
      date: clock.now,
      letter: MailLetter(kind, of: registration, event, beside)
    )
    message.attachments = attachments
    return message
  }

  private static let (pictureName, calendarName) = ("badge.png", "sessions.ics")

  /// The badge for a telephone, and what is booked.
  private func enclosures(
    _ matter: MailMatter,
    _ language: Language,
    domain: String
  ) async throws -> [MailMessage.Attachment] {
    var enclosures: [MailMessage.Attachment] = []
    if let badge = matter.badge {
      do {
        let request = Lanyard_V1_RenderBadgesRequest.with { $0.design = BadgeDesignName.phone.wire }
        let run = try BadgeRun(request, of: matter.event, for: language)
        let picture = try await run.picture(of: badge, matter.registration, from: store)
        enclosures.append(.png(Self.pictureName, picture))
      } catch let error as StoreError {
        throw error
      } catch {
        // The mail says then that the badge waits at the desk.
        logger.warning(
          "a badge could not be drawn for a mail",
          metadata: ["mail": "\(matter.mail.name)", "cause": "\(error)"]
        )
      }
    }
    if !matter.sessions.isEmpty {
      let calendar = MailCalendar.text(
        of: matter.sessions,
        event: matter.event,
        in: language,
        domain: domain,
        at: clock.now
      )
      enclosures.append(.calendar(Self.calendarName, calendar))
    }
    return enclosures
  }

  /// What names a mail to whoever gets it: by the data and the change, so that one that is sent again is the same.
  private func identifier(_ mail: Mail) async throws -> String {
    let store = try await store.standing().store
    let parts = [store, mail.event, mail.registration, mail.kind.rawValue, "\(mail.sequence)"]
    let digest = SHA256.hash(data: Data(parts.joined(separator: "\n").utf8))
    return Array(digest).prefix(20).map { UInt8($0) }.hexadecimal
  }
}
