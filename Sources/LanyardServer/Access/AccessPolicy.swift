package import GRPCCore
import LanyardAPI

/// Which roles may call which methods. A method that is not listed here is called by nobody.
package enum AccessPolicy {
  /// Whom a method is for.
  package enum Rule: Sendable, Hashable {
    case everyone
    case roles(Set<Role>)
  }

  /// The rule of a method; methods that are not known are for nobody.
  package static func rule(for method: MethodDescriptor) -> Rule {
    rules[method.fullyQualifiedMethod] ?? .roles([])
  }

  private static let reading: Rule = .roles([.organiser, .desk, .scanner, .viewer])
  private static let scanning: Rule = .roles([.organiser, .desk, .scanner])
  private static let registering: Rule = .roles([.organiser, .desk])
  private static let organising: Rule = .roles([.organiser])

  /// Rules by the full name of the method: descriptors also differ by the type of call.
  private static let rules: [String: Rule] = {
    typealias Events = Lanyard_V1_EventService.Method
    typealias Registrations = Lanyard_V1_RegistrationService.Method
    typealias Badges = Lanyard_V1_BadgeService.Method
    typealias CheckIns = Lanyard_V1_CheckInService.Method
    typealias Attendance = Lanyard_V1_AttendanceService.Method
    let rules: [MethodDescriptor: Rule] = [
      Grpc_Health_V1_Health.Method.Check.descriptor: .everyone,
      Grpc_Health_V1_Health.Method.Watch.descriptor: .everyone,
      Grpc_Reflection_V1_ServerReflection.Method.ServerReflectionInfo.descriptor: reading,
      Events.GetEvent.descriptor: reading,
      Events.ListEvents.descriptor: reading,
      Events.GetSession.descriptor: reading,
      Events.ListSessions.descriptor: reading,
      Events.GetCheckpoint.descriptor: reading,
      Events.ListCheckpoints.descriptor: reading,
      Events.ImportProgramme.descriptor: organising,
      Registrations.CreateRegistration.descriptor: registering,
      Registrations.GetRegistration.descriptor: registering,
      Registrations.ListRegistrations.descriptor: registering,
      Registrations.ApproveRegistration.descriptor: organising,
      Registrations.RejectRegistration.descriptor: organising,
      Registrations.CancelRegistration.descriptor: registering,
      Registrations.ImportRegistrations.descriptor: organising,
      Badges.IssueBadge.descriptor: registering,
      Badges.BatchIssueBadges.descriptor: registering,
      Badges.GetBadge.descriptor: registering,
      Badges.ListBadges.descriptor: registering,
      Badges.RenderBadge.descriptor: registering,
      Badges.ListVerificationKeys.descriptor: scanning,
      CheckIns.CheckIn.descriptor: scanning,
      CheckIns.StreamCheckIns.descriptor: scanning,
      Attendance.GetAttendance.descriptor: reading,
    ]
    return Dictionary(uniqueKeysWithValues: rules.map { ($0.key.fullyQualifiedMethod, $0.value) })
  }()
}
