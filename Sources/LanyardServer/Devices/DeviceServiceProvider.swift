import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import Logging
import SwiftProtobuf

/// `lanyard.v1.DeviceService`.
struct DeviceServiceProvider: Lanyard_V1_DeviceService.SimpleServiceProtocol {
  private static let nameLimit = 100
  private static let checkpointLimit = 100
  private static let defaultLifetime: Int64 = 10 * 60
  private static let lifetimes: ClosedRange<Int64> = 60...3600

  private let store: any DeviceStore
  private let authority: DeviceAuthority?
  private let clock: ServerClock
  private let logger: Logger
  private let guardian: EnrolmentGuard
  /// Told of each device that is revoked.
  private let devices: DeviceCheck

  init(
    store: any DeviceStore,
    authority: DeviceAuthority?,
    devices: DeviceCheck,
    clock: ServerClock,
    logger: Logger
  ) {
    self.store = store
    self.authority = authority
    self.devices = devices
    self.clock = clock
    self.logger = logger
    guardian = EnrolmentGuard(clock: clock)
  }

  func createEnrolmentCode(
    request: Lanyard_V1_CreateEnrolmentCodeRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_EnrolmentCode {
    _ = try enrolling()
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let name = try PlainText.validated(request.displayName, limit: Self.nameLimit, field: "display_name")
    guard !name.isEmpty else { throw InvalidInput(field: "display_name", .unnamedDevice) }
    let lifetime = request.hasLifetime ? request.lifetime.seconds : Self.defaultLifetime
    guard Self.lifetimes.contains(lifetime) else {
      throw InvalidInput(field: "lifetime", .lifetimeOutOfRange)
    }
    let (code, linkCode) = (EnrolmentCode.random(.typed), EnrolmentCode.random(.link))
    let expiresAt = clock.now + .seconds(lifetime)
    let stored = StoredEnrolmentCode(
      hash: code.hash,
      linkHash: linkCode.hash,
      event: event,
      displayName: name,
      profile: try DeviceProfile(request.profile, field: "profile"),
      checkpoints: try checkpoints(request.checkpoints, of: event),
      isSupervisor: request.supervisor,
      expiresAt: expiresAt
    )
    try await store.addEnrolmentCode(context.act(clock), stored)
    return .with {
      $0.code = code.text
      $0.linkCode = linkCode.text
      $0.expireTime = Google_Protobuf_Timestamp(expiresAt)
    }
  }

  func enrolDevice(
    request: Lanyard_V1_EnrolDeviceRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_EnrolDeviceResponse {
    let authority = try enrolling()
    let code = EnrolmentCode(request.code)
    let attempt = try guardian.begin(context.remotePeer, form: code?.form)
    // A request that is broken must not take the place of another.
    _ = try authority.issue(to: "check", for: request.certificateRequest)
    guard let code else { throw StoreError.enrolmentCodeRefused }
    let fingerprint = Fingerprint.of(request.certificateRequest)
    let act = context.act(clock)
    let pending = try await store.enrol(act, codeHash: code.hash, request: fingerprint)
    guardian.giveBack(attempt)
    // It comes onto the record with its first call, in `DeviceCheck`.
    let (certificate, device) = try await certify(pending, request.certificateRequest, authority, act)
    logger.info("certificate for a device that enrols", metadata: ["device": "\(device.id)"])
    return .with {
      $0.device = Lanyard_V1_Device(device)
      $0.certificate = certificate
    }
  }

  func renewDeviceCertificate(
    request: Lanyard_V1_RenewDeviceCertificateRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_RenewDeviceCertificateResponse {
    let authority = try enrolling()
    guard let device = try context.caller.device else { throw Authentication.missing }
    let (certificate, renewed) = try await certify(device, request.certificateRequest, authority, context.act(clock))
    logger.info("device certificate renewed", metadata: ["device": "\(device.id)"])
    return .with {
      $0.certificate = certificate
      $0.device = Lanyard_V1_Device(renewed)
    }
  }

  func listDevices(
    request: Lanyard_V1_ListDevicesRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListDevicesResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let list = "\(request.parent)/devices"
    let page = try await store.devices(
      of: event,
      PageToken.page(size: request.pageSize, token: request.pageToken, of: list)
    )
    var response = Lanyard_V1_ListDevicesResponse()
    response.devices = page.items.map(Lanyard_V1_Device.init)
    response.nextPageToken = PageToken.token(page.next, of: list)
    return response
  }

  func revokeDevice(
    request: Lanyard_V1_RevokeDeviceRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Device {
    let (event, id) = try ResourceName.device(request.name, field: "name")
    let device = try await store.revokeDevice(context.act(clock), id, of: event)
    // Nothing that the device sends after this answer is taken by what was known before.
    await devices.end(device.id)
    logger.notice("device revoked", metadata: ["device": "\(device.id)"])
    return Lanyard_V1_Device(device)
  }

  private func enrolling() throws(RPCError) -> DeviceAuthority {
    guard let authority else {
      throw .make(.failedPrecondition, "NO_DEVICE_AUTHORITY", .errorNoDeviceAuthority)
    }
    return authority
  }

  private func certify(
    _ device: Device,
    _ request: String,
    _ authority: DeviceAuthority,
    _ act: Act
  ) async throws -> (pem: String, device: Device) {
    let (pem, endsAt) = try authority.issue(to: device.id, for: request)
    try await store.noteCertificate(act, of: device.id, endsAt: endsAt)
    var device = device
    device.certificateEndsAt = endsAt
    return (pem, device)
  }

  private func checkpoints(_ names: [String], of event: String) throws(InvalidInput) -> [String] {
    guard names.count <= Self.checkpointLimit else {
      throw InvalidInput(field: "checkpoints", .tooManyCheckpoints(limit: Self.checkpointLimit))
    }
    var ids: [String] = []
    for (index, name) in names.enumerated() {
      let address = try ResourceName.checkpoint(name, field: "checkpoints[\(index)]")
      guard address.event == event else {
        throw InvalidInput(field: "checkpoints[\(index)]", .otherEventThanParent)
      }
      if !ids.contains(address.checkpoint) { ids.append(address.checkpoint) }
    }
    return ids
  }
}
