/**
 * The keys of recordings, case files and timelines, in lower case. As a key each is in many exports; as a value it may be private. A test
 * compares them with what the exports contain.
 */
export const formatKeys: ReadonlySet<string> = new Set(
  `
  _csstext about abstract action activity_id activity_name adds alt annotation aria-autocomplete aria-controls aria-current
  aria-describedby aria-disabled aria-expanded aria-haspopup aria-hidden aria-label aria-labelledby aria-live aria-modal
  aria-multiselectable aria-owns aria-readonly aria-relevant aria-selected aria-sort as at_ms atms attribute attributes author
  autocapitalize autocomplete body bytes canvas category category_name category_uid cellpadding cellspacing channel charset
  childnodes chunks class class_name class_uid clip-path code color colspan compatmode console console-error console-warning
  content count created created_by_ref custody custom data data_type dataset date datetime dead-click define desc digest dir
  disabled doi domain draggable dropped duration duration_ms durationms dy ecs entities entries entrytype error event eventname
  events eventsin eventsout exportparts extra facts filename fill fill-opacity fill-rule first_observed floor for form format
  formatversion gradientunits hash height hidden host hostname href http http_method http_request http_response http_route
  http_status id identity_class image index inert initialoffset initiatortype inode input inputmode intvalue isattachiframe
  ischecked iscustom isinitial isshadow isshadowhost issvg istoolarge key kind label labels lang last_observed left level licenses
  log log_level log_name logrecords manifest mask masked maskunits max-height mediatype message metadata method minreader modified
  module name network network-error network-slow nextid node node_id notes number_observed object_refs objects
  observedtimeunixnano observer offset opacity open ordinal outcome owner page page_title parentcase parentid part path payload
  placeholder plugin pointer-events pointertype policy policyversion port positions preserveaspectratio previousid product profile
  publicid quotes radius rage-click readonly redaction rel removes repaired repeat request requests resource resourcelogs
  resources response role rootid rows rowspan rr_dataurl rr_scrollleft rr_scrolltop rule rules scope scopelogs screens sequence
  session_time sessions severity severity_id severitynumber severitytext sha256 short signature signatures size slot software
  source sourcetype spec_version spellcheck src started_at startedat startms status status_code status_id stop-color stop-opacity
  stringvalue stroke stroke-dasharray stroke-linecap stroke-miterlimit stroke-width style styleid styleids styles systemid
  tabindex tag tagname tags target text text-anchor textcontent texts time time_basis timeoffset timestamp timestamp_desc
  timeunixnano timezone timezone_offset title top trace transform translate type type_uid unknown unmapped updated url user
  user-select value vendor vendor_name verb version viewbox visibility wall_ms wallms width window windowid windows xmlns zeroat
  `
    .trim()
    .split(/\s+/),
);
