import GRPCCore
package import LanyardAPI
import LanyardCertificates
package import LanyardClient
import LanyardDomain
import SwiftProtobuf

/// A device that a test enrolled.
package struct EnrolledDevice: Sendable {
  package let device: Lanyard_V1_Device
  package let access: ServerAccess
}

extension ServerHarness {
  /// Enrols a device as its users do: a code, a request with a key of its own, a certificate, a first call.
  package func enrol(
    _ profile: Lanyard_V1_DeviceProfile = .lane,
    for event: String = SampleData.forum,
    at checkpoints: [String] = [],
    supervisor: Bool = false
  ) async throws -> EnrolledDevice {
    let code = try await withServerConnection(access) { client in
      try await Lanyard_V1_DeviceService.Client(wrapping: client).createEnrolmentCode(
        .with {
          $0.parent = ResourceName.event(event).description
          $0.displayName = "Test device"
          $0.profile = profile
          $0.checkpoints = checkpoints
          $0.supervisor = supervisor
        }
      ).code
    }
    let request = try CertificateRequest.make(commonName: "test")
    let stranger = ServerAccess(address, credential: .none, authorityPath: access.authorityPath)
    let answer = try await withServerConnection(stranger) { client in
      try await Lanyard_V1_DeviceService.Client(wrapping: client).enrolDevice(
        .with {
          $0.code = code
          $0.certificateRequest = request.requestPEM
        }
      )
    }
    let credential = ServerAccess.Credential.certificate(
      pem: answer.certificate,
      privateKeyPEM: request.privateKeyPEM
    )
    let access = ServerAccess(address, credential: credential, authorityPath: access.authorityPath)
    // With its first call it is on record.
    try await withServerConnection(access) { client in
      _ = try await Lanyard_V1_EventService.Client(wrapping: client).listEvents(.init())
    }
    return EnrolledDevice(device: answer.device, access: access)
  }
}
