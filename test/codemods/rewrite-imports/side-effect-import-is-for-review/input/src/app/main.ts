import '../core/message-router';
import '../util/old-clock';
