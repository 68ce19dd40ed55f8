import '../core/message-router';
import '../time/clock';
