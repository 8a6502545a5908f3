import GRPCCore
import GRPCNIOTransportHTTP2Posix
import LanyardDomain
import LanyardStore
import Synchronization
import X509

/// Looks devices up by the name in their certificate, and remembers for a moment those that were good. A device that was
/// revoked is refused within `memory`.
final class DeviceCheck: Sendable {
  /// How long a good device is trusted without another look.
  static let memory = Duration.milliseconds(100)
  /// The most devices that are remembered.
  private static let limit = 10_000

  private let store: any DeviceStore
  private let remembered = Mutex<[String: (device: Device, until: ContinuousClock.Instant)]>([:])

  init(store: any DeviceStore) {
    self.store = store
  }

  /// The common name of the certificate that the connection was made with; nil where there was none. The handshake has
  /// proven that the authority of devices issued it, that it is in time, and that the device has its key.
  static func certifiedName(_ context: ServerContext) -> String? {
    guard let posix = context.transportSpecific as? HTTP2ServerTransport.Posix.Context,
      let certificate = posix.peerCertificate
    else { return nil }
    return certificate.subject.lazy.flatMap(\.self).first { $0.type == .RDNAttributeType.commonName }.map {
      String(describing: $0.value)
    }
  }

  /// The device of a certificate.
  ///
  /// - Throws: `RPCError` UNAUTHENTICATED where it is not known or was revoked.
  func caller(_ name: String) async throws -> Caller {
    let now = ContinuousClock.now
    if let known = remembered.withLock({ $0[name] }), known.until > now {
      return Caller(id: known.device.id, standing: .device(known.device))
    }
    guard let device = try await store.device(name) else {
      throw RPCError.make(.unauthenticated, "DEVICE_UNKNOWN", "This device is not known here; enrol it.")
    }
    guard device.revokedAt == nil else {
      throw RPCError.make(.unauthenticated, "DEVICE_REVOKED", "This device was revoked; ask the organiser.")
    }
    remembered.withLock { remembered in
      if remembered.count >= Self.limit { remembered.removeAll() }
      remembered[name] = (device, now + Self.memory)
    }
    return Caller(id: device.id, standing: .device(device))
  }
}
