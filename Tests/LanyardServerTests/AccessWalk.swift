import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardSQLite
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

/// Calls any method as any kind of caller, and says what the server's rules made of it.
struct AccessWalk {
  /// What came of a call, as the matrix writes it.
  enum Outcome: String {
    /// It came through; what the service then said of the request is not the rules' matter.
    case allowed = "✓"
    /// Not for this kind of caller, whatever it is about.
    case refused = "–"
    /// For this kind of caller, but not for this event or what is of somebody else.
    case elsewhere = "✗"
    /// Nobody showed who they are.
    case unknown = "?"
    /// The server failed.
    case failed = "!"

    init(_ failure: CallFailure?) {
      switch failure?.known {
      case .tokenMissing, .tokenRefused: self = .unknown
      case .roleNotAllowed, .profileNotAllowed, .participantNotAllowed, .searchNotAllowed, .supervisorNeeded:
        self = .refused
      case .eventNotAllowed, .placeNotAllowed, .notYours: self = .elsewhere
      // An event without public pages is not there for who shows nothing.
      case .notFound where AccessWalk.isOfEvent(failure?.message ?? ""): self = .elsewhere
      // The service's own words of what came through: a scan that is too old, or a code that is none.
      case .undoRefused, .enrolmentCodeRefused: self = .allowed
      case let reason?:
        // Another of those that the rules have is known to nobody here.
        let others: [RPCError.Code] = [.unauthenticated, .permissionDenied, .internalError, .unimplemented]
        self = others.contains(reason.code) ? .failed : .allowed
      case nil: self = failure?.code == .internalError || failure?.code == .unimplemented ? .failed : .allowed
      }
    }
  }

  /// The callers of one column of the matrix, in the order of its letters.
  struct Column {
    let title: String
    let callers: [ServerAccess]
  }

  /// The event that all requests are about, and another.
  static let (event, otherEvent) = (SampleData.forum, "wsis20-ocp")

  /// Whether a message names the event itself, and nothing below it.
  private static func isOfEvent(_ message: String) -> Bool {
    let name = ResourceName.event(event).description
    return message.contains(name) && !message.contains("\(name)/")
  }

  let columns: [Column]
  /// A request about `event` for each method, by the method's name; others of the same method have a colon and a word after it.
  let requests: [String: [UInt8]]

  init(_ server: ServerHarness) async throws {
    let badge = try await withServerConnection(server.access) { try await People($0).badge(1) }
    func id(_ name: String) -> String { ResourceName(name)?.id ?? "" }
    let neighbour = try await withServerConnection(server.access) { try await People($0).registration(2).name }
    let details = try await SampleData.person(3).validated(for: server.store.event(Self.otherEvent).event)
    let stranger = try await server.store.register(.test(), details, for: Self.otherEvent, request: nil).id
    let idle = try await server.enrol(.kiosk).device.name

    let authority = server.access.authorityPath
    var columns = [
      Column(
        title: "nobody",
        callers: [ServerAccess(server.address, credential: .none, authorityPath: authority)]
      )
    ]
    for role in Role.allCases {
      var callers: [ServerAccess] = []
      for event in [nil, Self.event, Self.otherEvent] {
        callers.append(server.access(try await server.token(role, event: event).text))
      }
      columns.append(Column(title: role.rawValue, callers: callers))
    }
    for (profile, title) in [
      (Lanyard_V1_DeviceProfile.lane, "lane"), (.door, "door"), (.desk, "desk"), (.kiosk, "kiosk"),
    ] {
      var callers: [ServerAccess] = []
      for event in [Self.event, Self.otherEvent] { callers.append(try await server.enrol(profile, for: event).access) }
      columns.append(Column(title: title, callers: callers))
    }
    var links: [ServerAccess] = []
    for (registration, event) in [
      (id(badge.registration), Self.event), (id(neighbour), Self.event), (stranger, Self.otherEvent),
    ] {
      links.append(server.access(try await server.personalLink(of: registration, event: event).text))
    }
    columns.append(Column(title: "participant", callers: links))
    self.columns = columns
    let signIn = Lanyard_V1_CreateSignInRequest.with { $0.token = server.organiser.text }
    requests = try Self.requests(registration: badge.registration, badge: badge.name, device: idle)
      .merging(["CreateSignIn": [UInt8](signIn.serializedData())]) { $1 }
  }

  /// Calls a method, with nothing after the first message, and does not wait for more than the first answer. A connection that
  /// was lost says nothing of the rules: then it is called again.
  static func call(_ method: MethodDescriptor, _ request: [UInt8], _ client: ServerClient) async throws -> Outcome {
    for _ in 0..<20 {
      do {
        try await client.bidirectionalStreaming(
          request: StreamingClientRequest { try await $0.write(request) },
          descriptor: method,
          serializer: RawMessages(),
          deserializer: RawMessages(),
          options: .defaults
        ) { response in
          for try await _ in response.messages { return }
        }
        return Outcome(nil)
      } catch let error as RPCError {
        let failure = CallFailure(error)
        guard failure.source == .connection, failure.code == .unavailable else { return Outcome(failure) }
        Issue.record("\(method.method): \(failure.message)", severity: .warning)
        try await Task.sleep(for: .milliseconds(250))
      }
    }
    return .failed
  }

  private static func requests(registration: String, badge: String, device: String) throws -> [String: [UInt8]] {
    let parent = ResourceName.event(event).description
    let (door, session) = ("\(parent)/checkpoints/entrance-lane-1", "\(parent)/sessions/none")
    let document = try programme()
    var messages: [String: any Message] = [
      "Check": Grpc_Health_V1_HealthCheckRequest(),
      "Watch": Grpc_Health_V1_HealthCheckRequest(),
      "ServerReflectionInfo": Grpc_Reflection_V1_ServerReflectionRequest.with { $0.listServices = "" },
      "EnrolDevice": Lanyard_V1_EnrolDeviceRequest(),
      "GetSignIn": Lanyard_V1_GetSignInRequest.with { $0.name = ResourceName.ownSignIn },
      "DeleteSignIn": Lanyard_V1_DeleteSignInRequest.with { $0.name = ResourceName.ownSignIn },
      "RenewDeviceCertificate": Lanyard_V1_RenewDeviceCertificateRequest(),
      "ListVerificationKeys": Lanyard_V1_ListVerificationKeysRequest(),
      "RotateSigningKey": Lanyard_V1_RotateSigningKeyRequest(),
      "RetireVerificationKey": Lanyard_V1_RetireVerificationKeyRequest.with { $0.name = "verificationKeys/1" },
      "ListEvents": Lanyard_V1_ListEventsRequest(),
      "GetEvent": Lanyard_V1_GetEventRequest.with { $0.name = parent },
      "UpdateEvent": Lanyard_V1_UpdateEventRequest.with { $0.event.name = parent },
      "DeleteEvent": Lanyard_V1_DeleteEventRequest.with { $0.name = parent },
      "GetSession": Lanyard_V1_GetSessionRequest.with { $0.name = "\(parent)/sessions/none" },
      "ListSessions": Lanyard_V1_ListSessionsRequest.with { $0.parent = parent },
      "GetCheckpoint": Lanyard_V1_GetCheckpointRequest.with { $0.name = door },
      "ListCheckpoints": Lanyard_V1_ListCheckpointsRequest.with { $0.parent = parent },
      "UpdateCheckpoint": Lanyard_V1_UpdateCheckpointRequest.with { $0.checkpoint.name = door },
      "GetQuestion": Lanyard_V1_GetQuestionRequest.with { $0.name = "\(parent)/questions/none" },
      "ListQuestions": Lanyard_V1_ListQuestionsRequest.with { $0.parent = parent },
      "CreateQuestion": Lanyard_V1_CreateQuestionRequest.with { $0.parent = parent },
      "UpdateQuestion": Lanyard_V1_UpdateQuestionRequest.with { $0.question.name = "\(parent)/questions/none" },
      "DeleteQuestion": Lanyard_V1_DeleteQuestionRequest.with { $0.name = "\(parent)/questions/none" },
      "AddBookings": Lanyard_V1_AddBookingsRequest.with { ($0.parent, $0.registrations) = (session, [registration]) },
      "RemoveBookings": Lanyard_V1_RemoveBookingsRequest.with {
        ($0.parent, $0.registrations) = (session, [registration])
      },
      "ListBookings": Lanyard_V1_ListBookingsRequest.with { $0.parent = "\(parent)/sessions/none" },
      "ImportProgramme": Lanyard_V1_ImportProgrammeRequest.with { $0.document = document },
    ]
    messages["JoinSession"] = Lanyard_V1_JoinSessionRequest.with {
      ($0.session, $0.registration) = (session, registration)
    }
    messages["LeaveSession"] = Lanyard_V1_LeaveSessionRequest.with {
      ($0.session, $0.registration) = (session, registration)
    }
    messages.merge(people(parent, registration: registration, badge: badge)) { $1 }
    messages.merge(doors(parent, door: door, device: device, badge: badge)) { $1 }
    return try messages.mapValues { [UInt8](try $0.serializedData()) }
  }

  private static func people(_ parent: String, registration: String, badge: String) -> [String: any Message] {
    [
      "CreateRegistration": Lanyard_V1_CreateRegistrationRequest.with { $0.parent = parent },
      "GetRegistration": Lanyard_V1_GetRegistrationRequest.with { $0.name = registration },
      "ListRegistrations": Lanyard_V1_ListRegistrationsRequest.with { $0.parent = parent },
      "FindRegistrations": Lanyard_V1_FindRegistrationsRequest.with { ($0.parent, $0.text) = (parent, "nobody") },
      "FindDuplicates": Lanyard_V1_FindDuplicatesRequest.with { $0.parent = parent },
      "UpdateRegistration": Lanyard_V1_UpdateRegistrationRequest.with {
        ($0.registration.name, $0.registration.etag) = (registration, "old")
        $0.updateMask.paths = ["organisation"]
      },
      "ApproveRegistration": Lanyard_V1_ApproveRegistrationRequest.with { $0.name = registration },
      "RejectRegistration": Lanyard_V1_RejectRegistrationRequest.with { ($0.name, $0.etag) = (registration, "old") },
      "RestoreRegistration": Lanyard_V1_RestoreRegistrationRequest.with { ($0.name, $0.etag) = (registration, "old") },
      "MoveUpRegistration": Lanyard_V1_MoveUpRegistrationRequest.with {
        ($0.name, $0.etag, $0.note) = (registration, "old", "speaks on Monday")
      },
      "CancelRegistration": Lanyard_V1_CancelRegistrationRequest.with { ($0.name, $0.etag) = (registration, "old") },
      "EraseRegistration": Lanyard_V1_EraseRegistrationRequest.with { ($0.name, $0.etag) = (registration, "old") },
      "CreatePersonalLink": Lanyard_V1_CreatePersonalLinkRequest.with { $0.name = registration },
      "VerifyEmail": Lanyard_V1_VerifyEmailRequest.with { $0.token = "none" },
      "SendPersonalLink": Lanyard_V1_SendPersonalLinkRequest.with { $0.parent = parent },
      "ExportPersonalData": Lanyard_V1_ExportPersonalDataRequest.with { $0.name = registration },
      "ImportRegistrations": Lanyard_V1_ImportRegistrationsRequest.with { $0.parent = parent },
      "ExportRegistrations": Lanyard_V1_ExportRegistrationsRequest.with { $0.parent = parent },
      "IssueBadge": Lanyard_V1_IssueBadgeRequest.with { $0.registration = registration },
      "BatchIssueBadges": Lanyard_V1_BatchIssueBadgesRequest.with { $0.parent = parent },
      "GetBadge": Lanyard_V1_GetBadgeRequest.with { $0.name = badge },
      "ListBadges": Lanyard_V1_ListBadgesRequest.with { $0.parent = parent },
      "UpdateBadge": Lanyard_V1_UpdateBadgeRequest.with { $0.badge.name = badge },
      "ReplaceBadge": Lanyard_V1_ReplaceBadgeRequest.with { $0.name = badge },
      "RenewBadges": Lanyard_V1_RenewBadgesRequest.with { $0.parent = parent },
      "RevokeBadge": Lanyard_V1_RevokeBadgeRequest.with { $0.name = badge },
      "ActivateBadge": Lanyard_V1_ActivateBadgeRequest.with { $0.name = badge },
      "PrintOwnBadge": Lanyard_V1_PrintOwnBadgeRequest.with { $0.parent = parent },
      "ConfirmPrintRun": Lanyard_V1_ConfirmPrintRunRequest.with { $0.name = "\(parent)/printRuns/1" },
      "WithdrawPrintRun": Lanyard_V1_WithdrawPrintRunRequest.with { $0.name = "\(parent)/printRuns/1" },
      "ListPrintRuns": Lanyard_V1_ListPrintRunsRequest.with { $0.parent = parent },
      "HoldBadge": Lanyard_V1_HoldBadgeRequest.with { $0.name = badge },
      "ReleaseBadge": Lanyard_V1_ReleaseBadgeRequest.with { $0.name = badge },
      "RenderBadge": Lanyard_V1_RenderBadgeRequest.with { ($0.name, $0.format) = (badge, .svg) },
      "RenderBadges": Lanyard_V1_RenderBadgesRequest.with { $0.parent = parent },
      "PreviewBadges": Lanyard_V1_PreviewBadgesRequest.with { $0.parent = parent },
    ]
  }

  private static func doors(_ parent: String, door: String, device: String, badge: String) -> [String: any Message] {
    func scan(_ fill: (inout Lanyard_V1_Scan) -> Void) -> Lanyard_V1_CheckInRequest {
      .with {
        ($0.checkpoint, $0.simulate, $0.scan.scanID) = (door, true, UUID().uuidString)
        fill(&$0.scan)
      }
    }
    return [
      "CheckIn": Lanyard_V1_CheckInRequest.with { $0.checkpoint = door },
      "CheckIn:badge": scan { $0.badge = badge },
      "CheckIn:override": scan {
        $0.code = "HELLO"
        ($0.override.note, $0.override.operator) = ("Her group", "AB")
      },
      "StreamCheckIns": Lanyard_V1_StreamCheckInsRequest.with { $0.checkpoint = door },
      "UploadCheckIns": Lanyard_V1_UploadCheckInsRequest.with { $0.parent = parent },
      "WatchRoster": Lanyard_V1_WatchRosterRequest.with { $0.parent = parent },
      "SearchAttendees": Lanyard_V1_SearchAttendeesRequest.with { $0.parent = parent },
      "UndoCheckIn": Lanyard_V1_UndoCheckInRequest.with {
        $0.name = "\(parent)/checkIns/\(UUIDBytes.timeOrdered(at: SampleData.firstMorning))"
      },
      "SendOut": Lanyard_V1_SendOutRequest.with { $0.parent = parent },
      "GetAttendance": Lanyard_V1_GetAttendanceRequest.with { $0.name = "\(parent)/attendance" },
      "WatchAttendance": Lanyard_V1_WatchAttendanceRequest.with { $0.name = "\(parent)/attendance" },
      "ListPeopleInside": Lanyard_V1_ListPeopleInsideRequest.with { $0.parent = parent },
      "SummarizeAttendance": Lanyard_V1_SummarizeAttendanceRequest.with { $0.name = "\(parent)/attendance" },
      "ListCheckIns": Lanyard_V1_ListCheckInsRequest.with { $0.parent = parent },
      "ListConflicts": Lanyard_V1_ListConflictsRequest.with { $0.parent = parent },
      "CreateEnrolmentCode": Lanyard_V1_CreateEnrolmentCodeRequest.with { $0.parent = parent },
      "ListDevices": Lanyard_V1_ListDevicesRequest.with { $0.parent = parent },
      "ListEnrolmentCodes": Lanyard_V1_ListEnrolmentCodesRequest.with { $0.parent = parent },
      "WithdrawEnrolmentCode": Lanyard_V1_WithdrawEnrolmentCodeRequest.with {
        $0.name = "\(parent)/enrolmentCodes/none"
      },
      "GetDevice": Lanyard_V1_GetDeviceRequest.with { $0.name = device },
      "UpdateDevice": Lanyard_V1_UpdateDeviceRequest.with { $0.device.name = device },
      "RevokeDevice": Lanyard_V1_RevokeDeviceRequest.with { $0.name = device },
      "WatchChanges": Lanyard_V1_WatchChangesRequest.with { ($0.parent, $0.fromStart) = (parent, true) },
      "ListMails": Lanyard_V1_ListMailsRequest.with { $0.parent = parent },
      "RetryMail": Lanyard_V1_RetryMailRequest.with { $0.name = "\(parent)/mails/0" },
      "PreviewMail": Lanyard_V1_PreviewMailRequest.with { $0.name = "\(parent)/mails/0" },
      "ListAuditEntries": Lanyard_V1_ListAuditEntriesRequest.with { $0.parent = parent },
      "ListAuditEntries:one": Lanyard_V1_ListAuditEntriesRequest.with { ($0.parent, $0.resource) = (parent, badge) },
    ]
  }

  /// The sample programme without its other events.
  private static func programme() throws -> Data {
    let sample = try JSONSerialization.jsonObject(with: Data(SampleData.bytes("programme.json"))) as? [String: Any]
    let events = (sample?["events"] as? [[String: Any]] ?? []).filter { $0["slug"] as? String == event }
    return try JSONSerialization.data(withJSONObject: ["events": events])
  }
}

/// Messages as the bytes that they are.
struct RawMessages: MessageSerializer, MessageDeserializer {
  func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Bytes { Bytes(message) }

  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> [UInt8] {
    bytes.withUnsafeBytes { [UInt8]($0) }
  }
}
