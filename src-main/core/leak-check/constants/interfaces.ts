/** Names that browsers give to their interfaces, events and errors. From the DOM's type definitions of TypeScript (Apache-2.0). */

/** Families of interfaces, and errors. */
const families =
  /^(?:HTML\w*Element|SVG[A-Z]\w+|MathMLElement|WebGL\w*|WEBGL_\w+|EXT_\w+|OES_\w+|RTC[A-Z]\w+|IDB[A-Z]\w+|CSS[A-Z]\w+|GPU[A-Z]\w+|XR[A-Z]\w+|DOM[A-Z]\w+|XML[A-Z]\w+|XPath\w+|VTT\w+|USB[A-Z]\w*|(?:[A-Z][a-z]+){1,4}(?:Event|Observer|Element|Error|Exception|Controller|Registry|NodeList|Collection)|(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array)$/;

const interfaces: ReadonlySet<string> = new Set(
  `
  AbortSignal AbstractRange AnalyserNode Animation AnimationEffect AnimationTimeline Array ArrayBuffer Attr Audio AudioBuffer
  AudioBufferSourceNode AudioContext AudioData AudioDecoder AudioDestinationNode AudioEncoder AudioListener AudioNode AudioParam
  AudioParamMap AudioScheduledSourceNode AudioWorklet AudioWorkletNode AuthenticatorAssertionResponse
  AuthenticatorAttestationResponse AuthenticatorResponse BarProp BaseAudioContext BigInt BiquadFilterNode Blob Boolean
  BroadcastChannel ByteLengthQueuingStrategy CDATASection Cache CacheStorage CanvasCaptureMediaStreamTrack CanvasGradient
  CanvasPattern CanvasRenderingContext2D CaretPosition ChannelMergerNode ChannelSplitterNode CharacterData Clipboard ClipboardItem
  Comment CompressionStream ConstantSourceNode ContentVisibilityAutoStateChangeEvent ConvolverNode CookieStore CookieStoreManager
  CountQueuingStrategy Credential CredentialsContainer Crypto CryptoKey CustomStateSet DataTransfer DataTransferItem
  DataTransferItemList DataView Date DecompressionStream DelayNode DigitalCredential Document DocumentFragment DocumentTimeline
  DocumentType DynamicsCompressorNode Element ElementInternals EncodedAudioChunk EncodedVideoChunk Event EventCounts EventSource
  EventTarget External File FileList FileReader FileSystem FileSystemDirectoryEntry FileSystemDirectoryHandle
  FileSystemDirectoryReader FileSystemEntry FileSystemFileEntry FileSystemFileHandle FileSystemHandle FileSystemWritableFileStream
  FontFace FontFaceSet FormData FragmentDirective Function GPU GainNode Gamepad GamepadButton GamepadHapticActuator Generator
  Geolocation GeolocationCoordinates GeolocationPosition HTMLAllCollection HTMLCollection HTMLDocument HTMLFormControlsCollection
  HTMLOptionsCollection Headers Highlight History IIRFilterNode IdleDeadline Image ImageBitmap ImageBitmapRenderingContext
  ImageCapture ImageData ImageDecoder ImageTrack ImageTrackList Infinity InputDeviceInfo IntersectionObserverEntry Intl JSON
  KeyframeEffect LargestContentfulPaint Location Lock LockManager MIDIAccess MIDIConnectionEvent MIDIInput MIDIInputMap
  MIDIMessageEvent MIDIOutput MIDIOutputMap MIDIPort Map Math MediaCapabilities MediaDeviceInfo MediaDevices
  MediaElementAudioSourceNode MediaKeySession MediaKeyStatusMap MediaKeySystemAccess MediaKeys MediaList MediaMetadata
  MediaQueryList MediaRecorder MediaSession MediaSource MediaSourceHandle MediaStream MediaStreamAudioDestinationNode
  MediaStreamAudioSourceNode MediaStreamTrack MessageChannel MessagePort MimeType MimeTypeArray MutationRecord NaN NamedNodeMap
  Navigation NavigationActivation NavigationDestination NavigationHistoryEntry NavigationPreloadManager NavigationTransition
  Navigator NavigatorLogin Node NodeFilter NodeIterator NodeList Notification Number Object OfflineAudioContext OffscreenCanvas
  OffscreenCanvasRenderingContext2D Option OscillatorNode PannerNode Path2D PaymentAddress PaymentRequest PaymentResponse
  Performance PerformanceEntry PerformanceEventTiming PerformanceMark PerformanceMeasure PerformanceNavigation
  PerformanceNavigationTiming PerformanceObserverEntryList PerformancePaintTiming PerformanceResourceTiming
  PerformanceServerTiming PerformanceTiming PeriodicWave PermissionStatus Permissions PictureInPictureWindow Plugin PluginArray
  ProcessingInstruction Promise Proxy PublicKeyCredential PushManager PushSubscription PushSubscriptionOptions Range
  ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultReader Reflect RegExp RemotePlayback
  Request ResizeObserverEntry ResizeObserverSize Response Sanitizer Scheduler Screen ScreenOrientation ScriptProcessorNode
  ScrollTimeline Selection ServiceWorker ServiceWorkerContainer ServiceWorkerRegistration Set ShadowRoot SharedArrayBuffer
  SharedWorker SourceBuffer SourceBufferList SpeechRecognitionAlternative SpeechRecognitionResult SpeechRecognitionResultList
  SpeechSynthesis SpeechSynthesisUtterance SpeechSynthesisVoice StaticRange StereoPannerNode Storage StorageManager String
  StylePropertyMap StylePropertyMapReadOnly StyleSheet StyleSheetList SubtleCrypto Symbol TaskSignal Text TextDecoder
  TextDecoderStream TextEncoder TextEncoderStream TextMetrics TextTrack TextTrackCue TextTrackCueList TextTrackList TimeRanges
  Touch TouchList TransformStream TreeWalker UIEvent URL URLPattern URLSearchParams UserActivation ValidityState VideoColorSpace
  VideoDecoder VideoEncoder VideoFrame VideoPlaybackQuality ViewTimeline ViewTransition ViewTransitionTypeSet VisualViewport
  WGSLLanguageFeatures WakeLock WakeLockSentinel WaveShaperNode WeakMap WeakRef WeakSet WebSocket WebTransport
  WebTransportBidirectionalStream WebTransportDatagramDuplexStream Window Worker Worklet WritableStream
  WritableStreamDefaultWriter XSLTProcessor
  `
    .trim()
    .split(/\s+/),
);

const events: ReadonlySet<string> = new Set(
  `
  abort addsourcebuffer addtrack afterprint animationcancel animationend animationiteration animationstart audioprocess auxclick
  beforeinput beforematch beforeprint beforetoggle beforeunload blocked blur boundary bufferedamountlow cancel canplay canplaythrough
  change click close closing command complete compositionend compositionstart compositionupdate connect connecting connectionstatechange
  contextlost contextmenu contextrestored controllerchange copy cuechange currententrychange cut dataavailable datachannel dblclick
  dequeue devicechange devicemotion deviceorientation deviceorientationabsolute disconnect dispose drag dragend dragenter dragleave
  dragover dragstart drop durationchange emptied encrypted end ended enter enterpictureinpicture error exit finish focus focusin
  focusout formdata fullscreenchange fullscreenerror gamepadconnected gamepaddisconnected gatheringstatechange gotpointercapture
  hashchange icecandidate icecandidateerror iceconnectionstatechange icegatheringstatechange input invalid keydown keypress
  keystatuseschange keyup languagechange leavepictureinpicture load loadeddata loadedmetadata loadend loading loadingdone loadingerror
  loadstart lostpointercapture mark message messageerror midimessage mousedown mouseenter mouseleave mousemove mouseout mouseover
  mouseup mute navigate navigateerror navigatesuccess negotiationneeded offline online open orientationchange pagehide pagereveal
  pageshow pageswap paste pause payerdetailchange paymentmethodchange play playing pointercancel pointerdown pointerenter pointerleave
  pointerlockchange pointerlockerror pointermove pointerout pointerover pointerrawupdate pointerup popstate prioritychange
  processorerror progress ratechange readystatechange rejectionhandled release remove removesourcebuffer removetrack reset resize
  resourcetimingbufferfull resume scroll scrollend securitypolicyviolation seeked seeking select selectedcandidatepairchange
  selectionchange selectstart shippingaddresschange shippingoptionchange show signalingstatechange slotchange sourceclose sourceended
  sourceopen stalled start statechange stop storage submit success suspend timeout timeupdate toggle tonechange touchcancel touchend
  touchmove touchstart track transitioncancel transitionend transitionrun transitionstart uncapturederror unhandledrejection unload
  unmute update updateend updatefound updatestart upgradeneeded versionchange visibilitychange voiceschanged volumechange waiting
  waitingforkey webkitanimationend webkitanimationiteration webkitanimationstart webkittransitionend wheel
  first-paint first-contentful-paint largest-contentful-paint layout-shift longtask first-input hashchange popstate
  unhandledrejection visibilitychange domcontentloaded
  `
    .trim()
    .split(/\s+/),
);

/** Tags and attributes of HTML and keys of recordings that are one long word. */
const markup: ReadonlySet<string> = new Set(
  `accesskey autocapitalize autocomplete autocorrect autofocus autoplay charset checked childlist childnodes classlist colspan
  contenteditable controls crossorigin data datetime defer dirname disabled download draggable enctype enterkeyhint fetchpriority for
  formaction formenctype formmethod formnovalidate formtarget headers hidden href hreflang http-equiv imagesizes imagesrcset inert
  inputmode integrity ischecked itemid itemprop itemref itemscope itemtype kind lang list loading loop maxlength media minlength
  multiple muted nomodule nonce novalidate open pattern ping placeholder playsinline popover popovertarget poster preload readonly
  referrerpolicy rel required reversed rowspan sandbox scope selected shape sizes slot spellcheck srcdoc srclang srcset start step
  summary tabindex target textcontent translate type usemap value viewbox wrap abbr address article aside blockquote button canvas
  caption cite code colgroup datalist details dialog embed fieldset figcaption figure footer header hgroup iframe input label legend
  link main menu meter noscript object optgroup option output picture progress search section select small source strong style summary
  table tbody template textarea tfoot thead title track video checkbox radio submit reset email password tel url number range color
  search date datetime-local month time week file image combobox listbox menuitem tablist tabpanel toolbar tooltip treeitem
  initialoffset publicid systemid tagname windowid ispage isinitial initiatortype entrytype rr_dataurl rr_width rr_height `
    .trim()
    .split(/\s+/),
);

/** Returns true for the name of an interface, an error, an event, a tag, an attribute or a type of input. */
export function isInterface(text: string): boolean {
  return (
    families.test(text) || interfaces.has(text) || events.has(text.toLowerCase()) || markup.has(text.toLowerCase())
  );
}
