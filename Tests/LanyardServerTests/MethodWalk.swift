import Foundation
import GRPCCore
import LanyardAPI
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf

/// One call of each method that has something to do, with the method's name as its id.
struct MethodWalk {
  private static let parent = ResourceName.event(SampleData.forum).description
  /// An event that nobody registers for.
  private static let unused = "nobody-comes"
  private static let door = "\(parent)/checkpoints/entrance-lane-1"

  /// The method that is to be called before all others.
  static let first = "MoveUpRegistration"

  /// By the method's name.
  let requests: [String: [UInt8]]
  /// Who makes a call; the organiser where nobody is named.
  let callers: [String: ServerAccess]
  /// The scans that methods record.
  let scans: [String: UUIDBytes]

  init(_ server: ServerHarness) async throws {
    let walk = try await AccessWalk(server)
    let scans = Dictionary(
      uniqueKeysWithValues: ["CheckIn", "StreamCheckIns", "UploadCheckIns", "UndoCheckIn"].map {
        ($0, UUIDBytes.timeOrdered(at: SampleData.firstMorning))
      }
    )
    let renewing = try await server.enrol()
    let revoked = try await server.enrol().device.name
    let changed = try await server.enrol().device.name
    let mail = try await Self.mail(server)
    let verification = try await Self.verification(server)
    let follower = try await Self.follower(server)
    let own = try await server.personalLink(of: follower)
    let messages = try await withServerConnection(server.access) { client in
      var messages = try await Self.programmes(client).merging(Self.people(client)) { $1 }
        .merging(Self.badges(client)) { $1 }.merging(Self.doors(client, scans)) { $1 }
        .merging(Self.devices(client, changing: changed, revoking: revoked)) { $1 }
      messages["RetryMail"] = Lanyard_V1_RetryMailRequest.with { $0.name = mail.description }
      let followed = ("\(Self.parent)/sessions/s001", "\(Self.parent)/registrations/\(follower)")
      messages["JoinSession"] = Lanyard_V1_JoinSessionRequest.with { ($0.session, $0.registration) = followed }
      messages["LeaveSession"] = Lanyard_V1_LeaveSessionRequest.with { ($0.session, $0.registration) = followed }
      messages["VerifyEmail"] = Lanyard_V1_VerifyEmailRequest.with { $0.token = verification.text }
      messages["SendPersonalLink"] = Lanyard_V1_SendPersonalLinkRequest.with {
        ($0.parent, $0.email) = (Self.parent, SampleData.person(140).email)
      }
      messages["PreviewMail"] = Lanyard_V1_PreviewMailRequest.with { $0.name = mail.description }
      // Behind somebody who waits, everybody waits: so last, and called first.
      let waiting = try await Self.waiting(120, client)
      messages[Self.first] = Lanyard_V1_MoveUpRegistrationRequest.with {
        ($0.name, $0.note) = (waiting, "speaks on Monday")
      }
      return messages
    }
    requests = try walk.requests.merging(messages.mapValues { [UInt8](try $0.serializedData()) }) { $1 }
    let signedIn = try await server.signIn(with: server.organiser)
    callers = [
      "RenewDeviceCertificate": renewing.access, "JoinSession": server.access(own.text),
      "LeaveSession": server.access(own.text), "GetSignIn": server.access(signedIn),
      "DeleteSignIn": server.access(try await server.signIn(with: server.organiser)),
    ]
    self.scans = scans
  }

  /// A mail that waits.
  private static func mail(_ server: ServerHarness) async throws -> ResourceName {
    let event = try await server.store.event(SampleData.forum).event
    let row = ImportRow(try SampleData.person(140).validated(for: event))
    let act = Act.test(server.clock.now)
    _ = try await server.store.importRegistrations(act, [row], for: event.slug, updating: false, mailing: true)
    while try await !server.store.followForMails(act, of: event.slug, limit: 500).isLast {}
    let page = PageRequest(size: 1)
    return try await server.store.mails(of: event.slug, state: .waiting, registration: nil, page).items[0].mail.name
  }

  /// The id of somebody who takes part over the network.
  private static func follower(_ server: ServerHarness) async throws -> String {
    let event = try await server.store.event(SampleData.forum).event
    let details = try SampleData.person(149, participation: .remote).validated(for: event)
    return try await server.store.register(.test(server.clock.now), details, for: event.slug, request: nil).id
  }

  /// What confirms the address of somebody who registered in public.
  private static func verification(_ server: ServerHarness) async throws -> BearerToken {
    let (token, act) = (BearerToken.random(.verification), Act.test(server.clock.now))
    let open = EventChange(opens: server.clock.now - .seconds(60))
    let event = try await server.store.change(act, SampleData.forum, open).event
    try await server.store.registerInPublic(
      act,
      SampleData.person(141).validated(for: event),
      for: event.slug,
      request: nil,
      verification: VerificationDraft(id: token.id, hash: token.hash)
    )
    return token
  }

  /// The forum with a group that is reviewed.
  static func programme() throws -> Programme {
    var programme = try SampleData.programme()
    programme.events = programme.events.filter { [AccessWalk.event, AccessWalk.otherEvent].contains($0.event.slug) }
    var unused = programme.events[0]
    unused.event.slug = Self.unused
    programme.events.append(unused)
    for index in programme.events.indices where programme.events[index].event.slug == SampleData.forum {
      programme.events[index].event.reviewedStakeholderGroups = ["Civil Society"]
    }
    return programme
  }

  /// The id under which a method is called: its name in hexadecimal digits.
  static func requestID(_ method: String) -> String {
    let digits = [UInt8](method.utf8).hexText
    return digits + String(repeating: "0", count: max(0, 16 - digits.count))
  }

  /// Calls a method and reads to the end; of one that stays open only the first message.
  static func call(_ method: MethodDescriptor, _ request: [UInt8], _ client: ServerClient) async throws {
    let staysOpen = method.method.hasPrefix("Watch")
    try await client.bidirectionalStreaming(
      request: StreamingClientRequest(metadata: ["x-request-id": "\(requestID(method.method))"]) {
        try await $0.write(request)
      },
      descriptor: method,
      serializer: RawMessages(),
      deserializer: RawMessages(),
      options: .defaults
    ) { response in
      for try await _ in response.messages where staysOpen { return }
    }
  }

  private static func programmes(_ client: ServerClient) async throws -> [String: any Message] {
    let events = Lanyard_V1_EventService.Client(wrapping: client)
    let booked = try await People(client).registration(101).name
    _ = try await events.addBookings(.with { ($0.parent, $0.registrations) = (door, [booked]) })
    let free = try await People(client).registration(102).name
    // Where no group is reviewed.
    let document = try document { $0["reviewed_stakeholder_groups"] = nil }
    for id in ["changed", "gone"] {
      _ = try await events.createQuestion(
        .with { ($0.parent, $0.questionID, $0.question) = (parent, id, question) }
      )
    }
    return [
      "GetQuestion": Lanyard_V1_GetQuestionRequest.with { $0.name = "\(parent)/questions/changed" },
      "ListQuestions": Lanyard_V1_ListQuestionsRequest.with { $0.parent = parent },
      "CreateQuestion": Lanyard_V1_CreateQuestionRequest.with {
        ($0.parent, $0.questionID, $0.question) = (parent, "asked", question)
      },
      "UpdateQuestion": Lanyard_V1_UpdateQuestionRequest.with {
        ($0.question.name, $0.question.help) = ("\(parent)/questions/changed", ["en": "In a word."])
        $0.updateMask.paths = ["help"]
      },
      "DeleteQuestion": Lanyard_V1_DeleteQuestionRequest.with { $0.name = "\(parent)/questions/gone" },
      "UpdateEvent": Lanyard_V1_UpdateEventRequest.with {
        ($0.event.name, $0.event.archived) = (parent, true)
        $0.updateMask.paths = ["archived"]
      },
      "DeleteEvent": Lanyard_V1_DeleteEventRequest.with { $0.name = ResourceName.event(unused).description },
      "UpdateCheckpoint": Lanyard_V1_UpdateCheckpointRequest.with {
        ($0.checkpoint.name, $0.checkpoint.closed) = ("\(parent)/checkpoints/entrance-lane-2", true)
        $0.updateMask.paths = ["closed"]
      },
      "AddBookings": Lanyard_V1_AddBookingsRequest.with { ($0.parent, $0.registrations) = (door, [free]) },
      "RemoveBookings": Lanyard_V1_RemoveBookingsRequest.with { ($0.parent, $0.registrations) = (door, [booked]) },
      "ImportProgramme": Lanyard_V1_ImportProgrammeRequest.with { $0.document = document },
    ]
  }

  private static let question = Lanyard_V1_Question.with {
    ($0.kind, $0.labels) = (.text, ["en": "What do you hope for?"])
  }

  /// The forum of the sample with a day more than its badges have.
  private static func document(_ change: (inout [String: Any]) -> Void) throws -> Data {
    let sample = try JSONSerialization.jsonObject(with: Data(SampleData.bytes("programme.json"))) as? [String: Any]
    let forum = (sample?["events"] as? [[String: Any]] ?? []).filter { $0["slug"] as? String == SampleData.forum }
    let longer = forum.map { event in
      var event = event
      (event["end_date"], event["moving_up"]) = ("2024-06-01", false)
      change(&event)
      return event
    }
    return try JSONSerialization.data(withJSONObject: ["events": longer])
  }

  private static func people(_ client: ServerClient) async throws -> [String: any Message] {
    let people = People(client)
    func reviewed(_ number: Int) async throws -> String {
      try await people.registration(Lanyard_V1_Registration(SampleData.person(number, group: "Civil Society"))).name
    }
    let (approved, rejected) = (try await reviewed(111), try await reviewed(112))
    let restored = try await reviewed(118)
    let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
    _ = try await registrations.rejectRegistration(.with { $0.name = restored })
    let cancelled = try await people.registration(113).name
    let changed = try await people.registration(119).name
    let erased = try await people.badge(114).registration
    let linked = try await people.registration(115).name
    return [
      "CreateRegistration": Lanyard_V1_CreateRegistrationRequest.with {
        ($0.parent, $0.registration) = (parent, People.message(116))
      },
      "UpdateRegistration": Lanyard_V1_UpdateRegistrationRequest.with {
        ($0.registration.name, $0.registration.organisation) = (changed, "Another")
        $0.updateMask.paths = ["organisation"]
      },
      "ApproveRegistration": Lanyard_V1_ApproveRegistrationRequest.with { $0.name = approved },
      "RejectRegistration": Lanyard_V1_RejectRegistrationRequest.with { $0.name = rejected },
      "RestoreRegistration": Lanyard_V1_RestoreRegistrationRequest.with { $0.name = restored },
      "CancelRegistration": Lanyard_V1_CancelRegistrationRequest.with { $0.name = cancelled },
      "EraseRegistration": Lanyard_V1_EraseRegistrationRequest.with { $0.name = erased },
      "CreatePersonalLink": Lanyard_V1_CreatePersonalLinkRequest.with { $0.name = linked },
      "ImportRegistrations": Lanyard_V1_ImportRegistrationsRequest.with {
        $0.parent = parent
        $0.rows = [.with { ($0.row, $0.registration) = (1, People.message(117)) }]
      },
    ]
  }

  /// Somebody who waits for a place, though some are free: nobody moves up by themselves.
  private static func waiting(_ number: Int, _ client: ServerClient) async throws -> String {
    let events = Lanyard_V1_EventService.Client(wrapping: client)
    let taken = try await events.getEvent(.with { $0.name = parent }).onsiteConfirmed
    func take(_ capacity: Int?) async throws {
      let document = try document { event in
        if let capacity { event["onsite_capacity"] = capacity }
        event["reviewed_stakeholder_groups"] = ["Civil Society"]
      }
      _ = try await events.importProgramme(.with { $0.document = document })
    }
    try await take(Int(taken))
    let waiting = try await People(client).registration(number)
    try await take(nil)
    return waiting.name
  }

  private static func printRun<T>(
    of badge: String,
    _ service: Lanyard_V1_BadgeService.Client<T>
  ) async throws -> String {
    try await service.renderBadges(
      .with { ($0.parent, $0.badges, $0.record) = (parent, [badge], true) }
    ) { response in try await response.messages.reduce(into: "") { $0 = $1.printRun.isEmpty ? $0 : $1.printRun } }
  }

  private static func badges(_ client: ServerClient) async throws -> [String: any Message] {
    let people = People(client)
    let (one, many) = (try await people.registration(121).name, try await people.registration(122).name)
    let (marked, replaced) = (try await people.badge(123).name, try await people.badge(124).name)
    let (revoked, held) = (try await people.badge(125).name, try await people.badge(126).name)
    let released = try await people.badge(127).name
    _ = try await Lanyard_V1_BadgeService.Client(wrapping: client).holdBadge(.with { $0.name = released })
    let (drawn, printed) = (try await people.badge(143).name, try await people.badge(144).name)
    let own = try await people.badge(145).code
    let service = Lanyard_V1_BadgeService.Client(wrapping: client)
    let run = try await printRun(of: printed, service)
    let withdrawn = try await printRun(of: people.badge(146).name, service)
    _ = try await service.confirmPrintRun(.with { $0.name = withdrawn })
    let idle = try await service.rotateSigningKey(.init()).name
    _ = try await service.rotateSigningKey(.init())
    let events = Lanyard_V1_EventService.Client(wrapping: client)
    let strict = try document { $0["badge_activation"] = true }
    _ = try await events.importProgramme(.with { $0.document = strict })
    let waiting = try await people.badge(142).name
    let longer = try document { $0["reviewed_stakeholder_groups"] = ["Civil Society"] }
    _ = try await Lanyard_V1_EventService.Client(wrapping: client).importProgramme(.with { $0.document = longer })
    return [
      "IssueBadge": Lanyard_V1_IssueBadgeRequest.with { $0.registration = one },
      "BatchIssueBadges": Lanyard_V1_BatchIssueBadgesRequest.with { ($0.parent, $0.registrations) = (parent, [many]) },
      "UpdateBadge": Lanyard_V1_UpdateBadgeRequest.with {
        ($0.badge.name, $0.badge.attention) = (marked, .escort)
        $0.updateMask.paths = ["attention"]
      },
      "ReplaceBadge": Lanyard_V1_ReplaceBadgeRequest.with { $0.name = replaced },
      "RenewBadges": Lanyard_V1_RenewBadgesRequest.with { $0.parent = parent },
      "RevokeBadge": Lanyard_V1_RevokeBadgeRequest.with { $0.name = revoked },
      "ActivateBadge": Lanyard_V1_ActivateBadgeRequest.with { $0.name = waiting },
      "RenderBadges": Lanyard_V1_RenderBadgesRequest.with {
        ($0.parent, $0.badges, $0.record) = (parent, [drawn], true)
      },
      "ConfirmPrintRun": Lanyard_V1_ConfirmPrintRunRequest.with { $0.name = run },
      "WithdrawPrintRun": Lanyard_V1_WithdrawPrintRunRequest.with { $0.name = withdrawn },
      "PrintOwnBadge": Lanyard_V1_PrintOwnBadgeRequest.with { ($0.parent, $0.code) = (parent, own) },
      "RetireVerificationKey": Lanyard_V1_RetireVerificationKeyRequest.with { $0.name = idle },
      "HoldBadge": Lanyard_V1_HoldBadgeRequest.with { $0.name = held },
      "ReleaseBadge": Lanyard_V1_ReleaseBadgeRequest.with { $0.name = released },
    ]
  }

  private static func doors(_ client: ServerClient, _ scans: [String: UUIDBytes]) async throws
    -> [String: any Message]
  {
    let badges = try await People(client).badges(131...135)
    func scan(_ method: String, _ badge: Int) -> Lanyard_V1_Scan {
      .with {
        $0.scanID = scans[method]?.description ?? ""
        ($0.code, $0.direction) = (badges[badge].code, .in)
      }
    }
    let undone = scan("UndoCheckIn", 3)
    let checkIns = Lanyard_V1_CheckInService.Client(wrapping: client)
    let name = try await checkIns.checkIn(.with { ($0.checkpoint, $0.scan) = (door, undone) }).checkIn.name
    let staying = Lanyard_V1_Scan.with {
      $0.scanID = UUIDBytes.timeOrdered(at: SampleData.firstMorning).description
      ($0.code, $0.direction) = (badges[4].code, .in)
    }
    _ = try await checkIns.checkIn(.with { ($0.checkpoint, $0.scan) = (door, staying) })
    return [
      "CheckIn": Lanyard_V1_CheckInRequest.with { ($0.checkpoint, $0.scan) = (door, scan("CheckIn", 0)) },
      "StreamCheckIns": Lanyard_V1_StreamCheckInsRequest.with {
        ($0.checkpoint, $0.scans) = (door, [scan("StreamCheckIns", 1)])
      },
      "UploadCheckIns": Lanyard_V1_UploadCheckInsRequest.with {
        $0.parent = parent
        $0.checkIns = [
          .with { ($0.checkpoint, $0.scan, $0.answer) = (door, scan("UploadCheckIns", 2), .admitted) }
        ]
      },
      "UndoCheckIn": Lanyard_V1_UndoCheckInRequest.with { $0.name = name },
      "SendOut": Lanyard_V1_SendOutRequest.with { ($0.parent, $0.registration) = (parent, badges[4].registration) },
      "SearchAttendees": Lanyard_V1_SearchAttendeesRequest.with { ($0.parent, $0.query) = (parent, "organisation") },
      "ListBookings": Lanyard_V1_ListBookingsRequest.with { $0.parent = door },
      "GetSession": Lanyard_V1_GetSessionRequest.with { $0.name = "\(parent)/sessions/s001" },
    ]
  }

  private static func devices(_ client: ServerClient, changing changed: String, revoking device: String) async throws
    -> [String: any Message]
  {
    let devices = Lanyard_V1_DeviceService.Client(wrapping: client)
    let code = Lanyard_V1_CreateEnrolmentCodeRequest.with {
      ($0.parent, $0.displayName, $0.profile) = (parent, "Tablet", .lane)
    }
    let shown = try await devices.createEnrolmentCode(code).code
    let unused = try await devices.createEnrolmentCode(code).name
    let request = try CertificateRequest.make(commonName: "test").requestPEM
    return [
      "CreateEnrolmentCode": code,
      "WithdrawEnrolmentCode": Lanyard_V1_WithdrawEnrolmentCodeRequest.with { $0.name = unused },
      "UpdateDevice": Lanyard_V1_UpdateDeviceRequest.with {
        ($0.device.name, $0.device.supervisor, $0.updateMask.paths) = (changed, true, ["supervisor"])
      },
      "EnrolDevice": Lanyard_V1_EnrolDeviceRequest.with { ($0.code, $0.certificateRequest) = (shown, request) },
      "RenewDeviceCertificate": Lanyard_V1_RenewDeviceCertificateRequest.with { $0.certificateRequest = request },
      "RevokeDevice": Lanyard_V1_RevokeDeviceRequest.with { $0.name = device },
    ]
  }
}
