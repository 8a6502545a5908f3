package import GRPCCore
import LanyardAPI
package import LanyardDomain
import LanyardMessages

/// Which roles of tokens, which profiles of devices, and whether participants and strangers may call which methods, and where the
/// requests of each name what they are about: who is bound to an event, a checkpoint or a registration is held to it by
/// `PlaceCheck`. A method that is not listed here is called by nobody.
package enum AccessPolicy {
  /// Whom a method is for, or what is asked for by one.
  package enum Rule: Sendable, Hashable {
    case everyone
    case callers(Set<Role>, Set<DeviceProfile>, participants: Bool = false, strangers: Bool = false)
    /// Besides roles, devices that were enrolled as a supervisor's, whatever their profile.
    case supervisors(Set<Role>)

    package static let nobody = Rule.callers([], [])

    /// The same for participants too, of what is their own.
    var orParticipants: Rule {
      switch self {
      case .everyone, .supervisors: self
      case .callers(let roles, let profiles, _, let strangers):
        .callers(roles, profiles, participants: true, strangers: strangers)
      }
    }

    /// The same for those too who show no credential.
    var orStrangers: Rule {
      switch self {
      case .everyone, .supervisors: self
      case .callers(let roles, let profiles, let participants, _):
        .callers(roles, profiles, participants: participants, strangers: true)
      }
    }

    /// Whether it is for those too who show no credential, of what all may know.
    var admitsStrangers: Bool { if case .callers(_, _, _, strangers: true) = self { true } else { false } }

    /// Whether a caller may call.
    package func admits(_ caller: Caller) -> Bool {
      switch (self, caller.standing) {
      case (.everyone, _): true
      case (.callers(let roles, _, _, _), .token(let role, _)), (.supervisors(let roles), .token(let role, _)):
        roles.contains(role)
      case (.callers(_, let profiles, _, _), .device(let device)): profiles.contains(device.profile)
      case (.callers(_, _, let participants, _), .participant): participants
      case (.callers(_, _, _, let strangers), .stranger): strangers
      case (.supervisors, .device(let device)): device.isSupervisor
      case (.supervisors, .participant), (.supervisors, .stranger): false
      }
    }
  }

  /// The rule of a method; methods that are not known are for nobody.
  package static func rule(for method: MethodDescriptor) -> Rule { access(to: method).rule }

  /// The rule of a method, and where its requests name what they are about.
  static func access(to method: MethodDescriptor) -> MethodAccess {
    methods[method.fullyQualifiedMethod] ?? Rule.nobody.ofNoEvent
  }

  private static let reading = Rule.callers(Set(Role.allCases), Set(DeviceProfile.allCases))
  /// What everybody may know of an event that has public pages.
  private static let publicReading = reading.orParticipants.orStrangers
  private static let counting = Rule.callers(Set(Role.allCases), DeviceProfile.scanning)
  private static let scanning = Rule.callers([.organiser, .desk, .scanner], DeviceProfile.scanning)
  /// Finding people by name.
  static let searching = Rule.callers([.organiser, .desk, .scanner], [.lane, .desk])
  /// Registering people, and reading what was noted about them.
  static let registering = Rule.callers([.organiser, .desk], [.desk])
  /// Giving a badge to whose badge was revoked: somebody says that, and a kiosk is asked by whoever stands before it.
  static let issuingAgain = Rule.callers([.organiser, .desk], [.desk])
  private static let drawing = Rule.callers([.organiser, .desk], [.desk, .kiosk])
  /// Reading and changing what is of all doors.
  private static let supervising = Rule.callers([.organiser, .desk], [])
  /// Overriding refusals and taking back what others scanned.
  static let overriding = Rule.supervisors([.organiser, .desk])
  private static let organising = Rule.callers([.organiser], [])
  /// Signing in on pages.
  static let signingIn = Rule.callers([.organiser, .desk, .viewer], [])
  /// Reading the trail as a whole.
  static let auditing = organising
  /// What is the organiser's alone to decide on people: lifting a rejection, moving somebody into what the event reviews, and going
  /// over the capacity.
  static let deciding = organising
  /// Keeping what is of the whole installation, for those who are bound to no event.
  static let keeping = organising
  /// Reading and ending a device: besides, each device itself.
  private static let readingDevice = Rule.callers([.organiser, .desk], Set(DeviceProfile.allCases))
  private static let endingDevice = Rule.callers([.organiser], Set(DeviceProfile.allCases))
  /// Joining sessions over the network.
  private static let takingPart = Rule.callers([], [], participants: true)
  private static let renewing = Rule.callers([], Set(DeviceProfile.allCases))

  /// By the full name of the method: descriptors also differ by the type of call.
  private static let methods: [String: MethodAccess] = {
    let methods = standard.merging(programme) { $1 }.merging(questions) { $1 }.merging(people) { $1 }.merging(doors) {
      $1
    }
    return Dictionary(uniqueKeysWithValues: methods.map { ($0.key.fullyQualifiedMethod, $0.value) })
  }()

  private static let standard: [MethodDescriptor: MethodAccess] = [
    Grpc_Health_V1_Health.Method.Check.descriptor: Rule.everyone.ofNoEvent,
    Grpc_Health_V1_Health.Method.Watch.descriptor: Rule.everyone.ofNoEvent,
    Grpc_Reflection_V1_ServerReflection.Method.ServerReflectionInfo.descriptor: reading.ofNoEvent,
  ]

  private static let programme: [MethodDescriptor: MethodAccess] = {
    typealias Events = Lanyard_V1_EventService.Method
    return [
      Events.GetEvent.descriptor: publicReading.of(.event, "name", \Events.GetEvent.Input.name),
      Events.ListEvents.descriptor: reading.orStrangers.ofNoEvent,
      Events.UpdateEvent.descriptor: organising.of(.event, "event.name", \Events.UpdateEvent.Input.event.name),
      Events.DeleteEvent.descriptor: organising.of(.event, "name", \Events.DeleteEvent.Input.name),
      Events.GetSession.descriptor: publicReading.of(.session, "name", \Events.GetSession.Input.name),
      Events.ListSessions.descriptor: publicReading.of(.event, "parent", \Events.ListSessions.Input.parent),
      Events.GetCheckpoint.descriptor: reading.of(.checkpoint, "name", \Events.GetCheckpoint.Input.name),
      Events.ListCheckpoints.descriptor: reading.of(.eventOrEvery, "parent", \Events.ListCheckpoints.Input.parent),
      Events.UpdateCheckpoint.descriptor: organising.of(
        .checkpoint,
        "checkpoint.name",
        \Events.UpdateCheckpoint.Input.checkpoint.name
      ),
      Events.AddBookings.descriptor: supervising.orParticipants.ofAll { (request: Events.AddBookings.Input) in
        bookings(request.parent, request.registrations)
      },
      Events.RemoveBookings.descriptor: supervising.orParticipants.ofAll { (request: Events.RemoveBookings.Input) in
        bookings(request.parent, request.registrations)
      },
      Events.ListBookings.descriptor: supervising.of(.bookingPlace, "parent", \Events.ListBookings.Input.parent),
      Events.ImportProgramme.descriptor: organising.ofAll(eventsOfDocument),
    ]
  }()

  private static let questions: [MethodDescriptor: MethodAccess] = {
    typealias Events = Lanyard_V1_EventService.Method
    return [
      Events.GetQuestion.descriptor: publicReading.of(.question, "name", \Events.GetQuestion.Input.name),
      Events.ListQuestions.descriptor: publicReading.of(.event, "parent", \Events.ListQuestions.Input.parent),
      Events.CreateQuestion.descriptor: organising.of(.event, "parent", \Events.CreateQuestion.Input.parent),
      Events.UpdateQuestion.descriptor: organising.of(
        .question,
        "question.name",
        \Events.UpdateQuestion.Input.question.name
      ),
      Events.DeleteQuestion.descriptor: organising.of(.question, "name", \Events.DeleteQuestion.Input.name),
    ]
  }()

  private static let people: [MethodDescriptor: MethodAccess] = {
    typealias Registrations = Lanyard_V1_RegistrationService.Method
    typealias Badges = Lanyard_V1_BadgeService.Method
    return [
      Registrations.CreateRegistration.descriptor: registering.orStrangers.of(
        .event,
        "parent",
        \Registrations.CreateRegistration.Input.parent
      ),
      Registrations.GetRegistration.descriptor: registering.orParticipants.of(
        .registration,
        "name",
        \Registrations.GetRegistration.Input.name
      ),
      Registrations.ListRegistrations.descriptor: registering.of(
        .event,
        "parent",
        \Registrations.ListRegistrations.Input.parent
      ),
      Registrations.FindRegistrations.descriptor: registering.of(
        .event,
        "parent",
        \Registrations.FindRegistrations.Input.parent
      ),
      Registrations.FindDuplicates.descriptor: organising.of(
        .event,
        "parent",
        \Registrations.FindDuplicates.Input.parent
      ),
      Registrations.UpdateRegistration.descriptor: registering.orParticipants.of(
        .registration,
        "registration.name",
        \Registrations.UpdateRegistration.Input.registration.name
      ),
      Registrations.ApproveRegistration.descriptor: registering.of(
        .registration,
        "name",
        \Registrations.ApproveRegistration.Input.name
      ),
      Registrations.RejectRegistration.descriptor: registering.of(
        .registration,
        "name",
        \Registrations.RejectRegistration.Input.name
      ),
      Registrations.RestoreRegistration.descriptor: registering.orParticipants.of(
        .registration,
        "name",
        \Registrations.RestoreRegistration.Input.name
      ),
      Registrations.MoveUpRegistration.descriptor: registering.of(
        .registration,
        "name",
        \Registrations.MoveUpRegistration.Input.name
      ),
      Registrations.CancelRegistration.descriptor: registering.orParticipants.of(
        .registration,
        "name",
        \Registrations.CancelRegistration.Input.name
      ),
      Registrations.EraseRegistration.descriptor: organising.orParticipants.of(
        .registration,
        "name",
        \Registrations.EraseRegistration.Input.name
      ),
      Registrations.CreatePersonalLink.descriptor: registering.orParticipants.of(
        .registration,
        "name",
        \Registrations.CreatePersonalLink.Input.name
      ),
      // Open to who has a token of a mail.
      Registrations.VerifyEmail.descriptor: publicReading.ofNoEvent,
      Registrations.SendPersonalLink.descriptor: publicReading.of(
        .event,
        "parent",
        \Registrations.SendPersonalLink.Input.parent
      ),
      Registrations.ExportPersonalData.descriptor: organising.orParticipants.of(
        .registration,
        "name",
        \Registrations.ExportPersonalData.Input.name
      ),
      Registrations.ImportRegistrations.descriptor: organising.ofFirst(
        .event,
        "parent",
        \Registrations.ImportRegistrations.Input.parent
      ),
      Registrations.ExportRegistrations.descriptor: organising.of(
        .event,
        "parent",
        \Registrations.ExportRegistrations.Input.parent
      ),
      Badges.IssueBadge.descriptor: drawing.of(.registration, "registration", \Badges.IssueBadge.Input.registration),
      Badges.BatchIssueBadges.descriptor: registering.of(.event, "parent", \Badges.BatchIssueBadges.Input.parent),
      Badges.GetBadge.descriptor: drawing.orParticipants.of(.badge, "name", \Badges.GetBadge.Input.name),
      Badges.ListBadges.descriptor: registering.orParticipants.of(.event, "parent", \Badges.ListBadges.Input.parent),
      Badges.UpdateBadge.descriptor: registering.of(.badge, "badge.name", \Badges.UpdateBadge.Input.badge.name),
      Badges.ReplaceBadge.descriptor: registering.of(.badge, "name", \Badges.ReplaceBadge.Input.name),
      Badges.RenewBadges.descriptor: organising.of(.event, "parent", \Badges.RenewBadges.Input.parent),
      Badges.RevokeBadge.descriptor: registering.of(.badge, "name", \Badges.RevokeBadge.Input.name),
      Badges.ActivateBadge.descriptor: registering.of(.badge, "name", \Badges.ActivateBadge.Input.name),
      Badges.HoldBadge.descriptor: registering.of(.badge, "name", \Badges.HoldBadge.Input.name),
      Badges.ReleaseBadge.descriptor: registering.of(.badge, "name", \Badges.ReleaseBadge.Input.name),
      Badges.RenderBadge.descriptor: drawing.orParticipants.of(.badge, "name", \Badges.RenderBadge.Input.name),
      Badges.RenderBadges.descriptor: registering.of(.event, "parent", \Badges.RenderBadges.Input.parent),
      Badges.PrintOwnBadge.descriptor: drawing.of(.event, "parent", \Badges.PrintOwnBadge.Input.parent),
      Badges.ConfirmPrintRun.descriptor: registering.of(.printRun, "name", \Badges.ConfirmPrintRun.Input.name),
      Badges.WithdrawPrintRun.descriptor: drawing.of(.printRun, "name", \Badges.WithdrawPrintRun.Input.name),
      Badges.ListPrintRuns.descriptor: registering.of(.event, "parent", \Badges.ListPrintRuns.Input.parent),
      Badges.PreviewBadges.descriptor: registering.of(.event, "parent", \Badges.PreviewBadges.Input.parent),
      Badges.ListVerificationKeys.descriptor: scanning.ofNoEvent,
      Badges.RotateSigningKey.descriptor: keeping.ofInstallation(Badges.RotateSigningKey.Input.self),
      Badges.RetireVerificationKey.descriptor: keeping.ofInstallation(Badges.RetireVerificationKey.Input.self),
    ]
  }()

  private static let doors: [MethodDescriptor: MethodAccess] = {
    typealias CheckIns = Lanyard_V1_CheckInService.Method
    typealias Attendance = Lanyard_V1_AttendanceService.Method
    typealias Devices = Lanyard_V1_DeviceService.Method
    typealias Feed = Lanyard_V1_FeedService.Method
    typealias Mails = Lanyard_V1_MailService.Method
    typealias Access = Lanyard_V1_AccessService.Method
    return [
      CheckIns.CheckIn.descriptor: scanning.of(.door, "checkpoint", \CheckIns.CheckIn.Input.checkpoint),
      CheckIns.StreamCheckIns.descriptor: scanning.ofFirst(
        .door,
        "checkpoint",
        \CheckIns.StreamCheckIns.Input.checkpoint
      ),
      CheckIns.UploadCheckIns.descriptor: scanning.of(.event, "parent", \CheckIns.UploadCheckIns.Input.parent),
      CheckIns.WatchRoster.descriptor: scanning.ofAll(eventAndDoors),
      CheckIns.SearchAttendees.descriptor: searching.of(.event, "parent", \CheckIns.SearchAttendees.Input.parent),
      CheckIns.UndoCheckIn.descriptor: scanning.of(.checkIn, "name", \CheckIns.UndoCheckIn.Input.name),
      CheckIns.SendOut.descriptor: organising.of(.event, "parent", \CheckIns.SendOut.Input.parent),
      Attendance.GetAttendance.descriptor: counting.of(.attendance, "name", \Attendance.GetAttendance.Input.name),
      Attendance.WatchAttendance.descriptor: counting.of(.attendance, "name", \Attendance.WatchAttendance.Input.name),
      Attendance.ListPeopleInside.descriptor: supervising.of(
        .event,
        "parent",
        \Attendance.ListPeopleInside.Input.parent
      ),
      Attendance.SummarizeAttendance.descriptor: supervising.of(
        .attendance,
        "name",
        \Attendance.SummarizeAttendance.Input.name
      ),
      Attendance.ListCheckIns.descriptor: supervising.of(.event, "parent", \Attendance.ListCheckIns.Input.parent),
      Attendance.ListConflicts.descriptor: supervising.of(.event, "parent", \Attendance.ListConflicts.Input.parent),
      Attendance.JoinSession.descriptor: takingPart.ofAll { (request: Attendance.JoinSession.Input) in
        presence(request.session, request.registration)
      },
      Attendance.LeaveSession.descriptor: takingPart.ofAll { (request: Attendance.LeaveSession.Input) in
        presence(request.session, request.registration)
      },
      Devices.CreateEnrolmentCode.descriptor: organising.of(
        .event,
        "parent",
        \Devices.CreateEnrolmentCode.Input.parent
      ),
      Devices.ListEnrolmentCodes.descriptor: organising.of(
        .event,
        "parent",
        \Devices.ListEnrolmentCodes.Input.parent
      ),
      Devices.WithdrawEnrolmentCode.descriptor: organising.of(
        .enrolmentCode,
        "name",
        \Devices.WithdrawEnrolmentCode.Input.name
      ),
      // Open to who has a code; guarded by `EnrolmentGuard`.
      Devices.EnrolDevice.descriptor: Rule.everyone.ofNoEvent,
      Devices.RenewDeviceCertificate.descriptor: renewing.ofNoEvent,
      Devices.ListDevices.descriptor: supervising.of(.event, "parent", \Devices.ListDevices.Input.parent),
      Devices.GetDevice.descriptor: readingDevice.of(.device, "name", \Devices.GetDevice.Input.name),
      Devices.UpdateDevice.descriptor: organising.of(.device, "device.name", \Devices.UpdateDevice.Input.device.name),
      Devices.RevokeDevice.descriptor: endingDevice.of(.device, "name", \Devices.RevokeDevice.Input.name),
      Mails.ListMails.descriptor: supervising.of(.event, "parent", \Mails.ListMails.Input.parent),
      Mails.RetryMail.descriptor: supervising.of(.mail, "name", \Mails.RetryMail.Input.name),
      Mails.PreviewMail.descriptor: supervising.of(.mail, "name", \Mails.PreviewMail.Input.name),
      // Open to who has a token; guarded by `EnrolmentGuard`.
      Access.CreateSignIn.descriptor: publicReading.ofNoEvent,
      Access.GetSignIn.descriptor: signingIn.ofNoEvent,
      Access.DeleteSignIn.descriptor: signingIn.ofNoEvent,
      Feed.ListAuditEntries.descriptor: supervising.of(
        .eventOrInstallation,
        "parent",
        \Feed.ListAuditEntries.Input.parent
      ),
      Feed.WatchChanges.descriptor: supervising.of(.event, "parent", \Feed.WatchChanges.Input.parent),
    ]
  }()

  /// The events that a programme makes or changes.
  @Sendable private static func eventsOfDocument(
    _ request: Lanyard_V1_ImportProgrammeRequest
  ) throws -> [RequestedName] {
    try Programme.reading([UInt8](request.document)).events.map {
      RequestedName(.event, ResourceName.event($0.event.slug).description, field: "document")
    }
  }

  /// What is booked, and for whom: a participant books themselves.
  private static func bookings(_ parent: String, _ registrations: [String]) -> [RequestedName] {
    // Of more than so many the service takes none.
    let people = registrations.prefix(RequestLimit.bookings).enumerated().map { index, name in
      RequestedName(.ownRegistration, name, field: "registrations[\(index)]")
    }
    return [RequestedName(.bookingPlace, parent, field: "parent")] + people
  }

  /// The session that somebody follows over the network.
  private static func presence(_ session: String, _ registration: String) -> [RequestedName] {
    [
      RequestedName(.session, session, field: "session"),
      RequestedName(.ownRegistration, registration, field: "registration"),
    ]
  }

  /// The event of a roster, and the checkpoints whose areas it is to have.
  @Sendable private static func eventAndDoors(_ request: Lanyard_V1_WatchRosterRequest) -> [RequestedName] {
    // Of more than so many the service takes none.
    let doors = request.checkpoints.prefix(RequestLimit.checkpoints).enumerated().map { index, name in
      RequestedName(.door, name, field: "checkpoints[\(index)]")
    }
    return [RequestedName(.event, request.parent, field: "parent")] + doors
  }
}
