import Foundation
import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMail
import LanyardMessages
import LanyardStore
import Logging
import SwiftProtobuf

/// `lanyard.v1.MailService`.
struct MailServiceProvider: Lanyard_V1_MailService.SimpleServiceProtocol {
  let store: any MailStore & RegistrationStore
  let outbox: Outbox
  let clock: ServerClock
  let logger: Logger

  func listMails(
    request: Lanyard_V1_ListMailsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListMailsResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    var registration: String?
    if !request.registration.isEmpty {
      registration = try ResourceName.registration(request.registration, of: event, field: "registration")
    }
    let page = try await store.mails(
      of: event,
      state: try .stated(request.state, field: "state"),
      registration: registration,
      request.page()
    )
    let standing = try await store.mailStanding(of: event)
    return .with {
      $0.mails = page.items.map { Lanyard_V1_Mail($0.mail, displayName: $0.name, email: $0.email) }
      $0.nextPageToken = request.pageToken(of: page.next)
      $0.waitingSize = Int32(clamping: standing.waiting)
      if let since = standing.waitingSince { $0.waitingSince = Google_Protobuf_Timestamp(since) }
      $0.failedSize = Int32(clamping: standing.failed)
      let sending = outbox.sending.state
      $0.sending = sending.way.wire
      if case .failing(let fault) = sending { $0.fault = fault.cause.wire }
    }
  }

  func retryMail(request: Lanyard_V1_RetryMailRequest, context: ServerContext) async throws -> Lanyard_V1_Mail {
    let (event, number) = try ResourceName.mail(request.name, field: "name")
    let mail = try await store.retryMail(context.act(clock), number, of: event)
    outbox.sending.ring()
    let person = try await store.registration(mail.registration, of: event).details.person
    return Lanyard_V1_Mail(mail, displayName: person.displayName, email: person.email)
  }

  func previewMail(
    request: Lanyard_V1_PreviewMailRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_PreviewMailResponse {
    let (event, number) = try ResourceName.mail(request.name, field: "name")
    let matter = try await store.mailMatter(number, of: event)
    guard matter.registration.erasedAt == nil else {
      throw StoreError.erased(.registration(matter.registration.id, of: event))
    }
    let message = try await outbox.composer.message(matter, links: nil)
    return try .with {
      $0.content = Data(try message.bytes())
      $0.subject = message.letter.subject
      $0.text = message.letter.text
      $0.html = message.letter.html
      $0.needless = !matter.isNeeded
    }
  }
}
