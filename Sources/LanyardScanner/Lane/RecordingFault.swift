/// Why a server records nothing of anybody, by the reason that it gives.
enum RecordingFault: String {
  case diskFull = "DISK_FULL"
  case storeGone = "STORE_GONE"
  case storeUnusable = "STORE_UNUSABLE"

  /// Whether the scan may turn out to be recorded all the same, as where the file that was moved away comes back.
  var mayHaveRecorded: Bool { self != .diskFull }
  /// Whether trying again at once is in vain.
  var lasts: Bool { self != .storeGone }
}
