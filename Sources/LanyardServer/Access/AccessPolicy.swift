package import GRPCCore
import LanyardAPI
package import LanyardDomain
import LanyardMessages

/// Which roles of tokens and which profiles of devices may call which methods. A method that is not listed here is called
/// by nobody.
package enum AccessPolicy {
  /// Whom a method is for.
  package enum Rule: Sendable, Hashable {
    case everyone
    case callers(Set<Role>, Set<DeviceProfile>)

    package static let nobody = Rule.callers([], [])

    /// Whether a caller may call.
    package func admits(_ caller: Caller) -> Bool {
      switch (self, caller.standing) {
      case (.everyone, _): true
      case (.callers(let roles, _), .token(let role)): roles.contains(role)
      case (.callers(_, let profiles), .device(let device)): profiles.contains(device.profile)
      }
    }
  }

  /// The rule of a method; methods that are not known are for nobody.
  package static func rule(for method: MethodDescriptor) -> Rule {
    rules[method.fullyQualifiedMethod] ?? .nobody
  }

  private static let reading = Rule.callers(Set(Role.allCases), Set(DeviceProfile.allCases))
  private static let counting = Rule.callers(Set(Role.allCases), [.lane, .door, .desk])
  private static let scanning = Rule.callers([.organiser, .desk, .scanner], [.lane, .door, .desk])
  private static let searching = Rule.callers([.organiser, .desk, .scanner], [.lane, .desk])
  private static let registering = Rule.callers([.organiser, .desk], [.desk])
  private static let drawing = Rule.callers([.organiser, .desk], [.desk, .kiosk])
  private static let supervising = Rule.callers([.organiser, .desk], [])
  private static let organising = Rule.callers([.organiser], [])
  private static let renewing = Rule.callers([], Set(DeviceProfile.allCases))

  /// Rules by the full name of the method: descriptors also differ by the type of call.
  private static let rules: [String: Rule] = {
    let rules = standard.merging(programme) { $1 }.merging(people) { $1 }.merging(doors) { $1 }
    return Dictionary(uniqueKeysWithValues: rules.map { ($0.key.fullyQualifiedMethod, $0.value) })
  }()

  private static let standard: [MethodDescriptor: Rule] = [
    Grpc_Health_V1_Health.Method.Check.descriptor: .everyone,
    Grpc_Health_V1_Health.Method.Watch.descriptor: .everyone,
    Grpc_Reflection_V1_ServerReflection.Method.ServerReflectionInfo.descriptor: reading,
  ]

  private static let programme: [MethodDescriptor: Rule] = {
    typealias Events = Lanyard_V1_EventService.Method
    return [
      Events.GetEvent.descriptor: reading,
      Events.ListEvents.descriptor: reading,
      Events.GetSession.descriptor: reading,
      Events.ListSessions.descriptor: reading,
      Events.GetCheckpoint.descriptor: reading,
      Events.ListCheckpoints.descriptor: reading,
      Events.UpdateCheckpoint.descriptor: organising,
      Events.AddBookings.descriptor: supervising,
      Events.RemoveBookings.descriptor: supervising,
      Events.ListBookings.descriptor: supervising,
      Events.ImportProgramme.descriptor: organising,
    ]
  }()

  private static let people: [MethodDescriptor: Rule] = {
    typealias Registrations = Lanyard_V1_RegistrationService.Method
    typealias Badges = Lanyard_V1_BadgeService.Method
    return [
      Registrations.CreateRegistration.descriptor: registering,
      Registrations.GetRegistration.descriptor: registering,
      Registrations.ListRegistrations.descriptor: registering,
      Registrations.ApproveRegistration.descriptor: organising,
      Registrations.RejectRegistration.descriptor: organising,
      Registrations.CancelRegistration.descriptor: registering,
      Registrations.EraseRegistration.descriptor: organising,
      Registrations.ImportRegistrations.descriptor: organising,
      Badges.IssueBadge.descriptor: drawing,
      Badges.BatchIssueBadges.descriptor: registering,
      Badges.GetBadge.descriptor: drawing,
      Badges.ListBadges.descriptor: registering,
      Badges.UpdateBadge.descriptor: registering,
      Badges.ReplaceBadge.descriptor: registering,
      Badges.RevokeBadge.descriptor: registering,
      Badges.RenderBadge.descriptor: drawing,
      Badges.ListVerificationKeys.descriptor: scanning,
    ]
  }()

  private static let doors: [MethodDescriptor: Rule] = {
    typealias CheckIns = Lanyard_V1_CheckInService.Method
    typealias Attendance = Lanyard_V1_AttendanceService.Method
    typealias Devices = Lanyard_V1_DeviceService.Method
    typealias Feed = Lanyard_V1_FeedService.Method
    return [
      CheckIns.CheckIn.descriptor: scanning,
      CheckIns.StreamCheckIns.descriptor: scanning,
      CheckIns.UploadCheckIns.descriptor: scanning,
      CheckIns.WatchRoster.descriptor: scanning,
      CheckIns.SearchAttendees.descriptor: searching,
      CheckIns.UndoCheckIn.descriptor: scanning,
      Attendance.GetAttendance.descriptor: counting,
      Attendance.WatchAttendance.descriptor: counting,
      Attendance.ListCheckIns.descriptor: supervising,
      Attendance.ListConflicts.descriptor: supervising,
      Devices.CreateEnrolmentCode.descriptor: organising,
      // Open to who has a code; guarded by `EnrolmentGuard`.
      Devices.EnrolDevice.descriptor: .everyone,
      Devices.RenewDeviceCertificate.descriptor: renewing,
      Devices.ListDevices.descriptor: supervising,
      Devices.RevokeDevice.descriptor: organising,
      Feed.ListAuditEntries.descriptor: organising,
      Feed.WatchChanges.descriptor: supervising,
    ]
  }()
}
